-- Several credit notes may take parts of one invoice back; an order keeps one
-- invoice. Looking at one order reads its own documents only.
DROP INDEX invoice_of_order;
DROP INDEX invoice_credits;
CREATE UNIQUE INDEX invoice_of_order ON invoice(book_order) WHERE kind = 'facture';
CREATE INDEX invoice_by_order ON invoice(book_order, num);
CREATE INDEX invoice_credits ON invoice(credits) WHERE credits IS NOT NULL;
CREATE INDEX invoice_date ON invoice(date, num);
CREATE INDEX book_order_buyer ON book_order(buyer) WHERE deleted_at IS NULL;
