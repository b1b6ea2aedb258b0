// The search of the site: French folding and stems as in the program, an index
// in pieces that are loaded when a word asks for them. No page is touched here.
var REPERTOIRE = (function () {
  'use strict';
  var rows = null, index = null, pieces = {}, waiting = {}, folded = null, empty = {}, deep = {}, known = {};
  var ready = [];

  // --- words ---
  var elided = { l: 1, m: 1, t: 1, qu: 1, n: 1, s: 1, j: 1, d: 1, c: 1, jusqu: 1, quoiqu: 1, lorsqu: 1, puisqu: 1, presqu: 1, quelqu: 1, entr: 1 };
  var saints = { st: 'saint', ste: 'sainte', sts: 'saints', stes: 'saintes' };

  function fold(s) {
    return s.normalize('NFKD').toLowerCase().replace(/[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]/g, '')
      .replace(/œ/g, 'oe').replace(/æ/g, 'ae').replace(/ø/g, 'o').replace(/ł/g, 'l').replace(/đ/g, 'd').replace(/ß/g, 'ss').replace(/[’ʼ‘´`]/g, "'");
  }
  function inWord(c) {
    return c >= 97 && c <= 122 || c >= 48 && c <= 57 || c >= 0xaa && c < 0x2000 && c !== 0xab && c !== 0xbb && c !== 0xb7 && c !== 0xd7 && c !== 0xf7 ||
      c > 0x2e7f && !(c >= 0x3000 && c <= 0x3004) && !(c >= 0x3008 && c <= 0x3020) && !(c >= 0xff00 && c <= 0xff0f) && c !== 0x30fb;
  }
  function unspaced(c) {
    return c >= 0x3040 && c <= 0x30ff && c !== 0x30fb || c >= 0x3400 && c <= 0x9fff || c >= 0xf900 && c <= 0xfaff || c >= 0xe00 && c <= 0xeff || c >= 0x1780 && c <= 0x17ff || c >= 0x1000 && c <= 0x109f;
  }
  function script(w) {
    if (!/[^\u0000-\u007f]/.test(w)) return w;
    w = w.replace(/ـ/g, '').replace(/ة/g, 'ه').replace(/ى/g, 'ي').replace(/ٱ/g, 'ا');
    return /^ال/.test(w) && w.length >= 5 ? w.slice(2) : w;
  }
  // cut gives the folded words of a question; "-mot" leaves out.
  function cut(text) {
    var s = fold(text).replace(/(^|[^a-z0-9])((?:[a-z]\.){2,}[a-z]?)/g, function (all, before, w) { return before + w.replace(/\./g, ''); });
    var out = [], i = 0;
    while (i < s.length) {
      var c = s.charCodeAt(i), start = i;
      if (!inWord(c)) { i++; continue; }
      var not = i > 0 && s[i - 1] === '-' && (i === 1 || s[i - 2] === ' ');
      if (unspaced(c)) {
        while (i < s.length && unspaced(s.charCodeAt(i))) i++;
        if (i - start === 1) out.push({ w: s[start], not: not, end: i });
        for (var k = start; k + 1 < i; k++) out.push({ w: s.slice(k, k + 2), not: not, end: i });
        continue;
      }
      while (i < s.length && inWord(s.charCodeAt(i)) && !unspaced(s.charCodeAt(i))) i++;
      var w = s.slice(start, i);
      if (s[i] === "'" && elided[w] && i + 1 < s.length && inWord(s.charCodeAt(i + 1))) { i++; continue; }
      out.push({ w: script(saints[w] || w), not: not, end: i });
    }
    // A word is still being typed when nothing follows it.
    out.forEach(function (x) { x.open = x.end === s.length; });
    return out;
  }

  // --- stems: minimal stemming of French (J. Savoy), on folded words ---
  var rules = [
    [9, 'issement', 'ir'], [8, 'issant', 'ir'], [6, 'ement', 'e', 1], [11, 'ficatrice', 'fier'], [10, 'ficateur', 'fier'], [9, 'catrice', 'quer'],
    [8, 'cateur', 'quer'], [8, 'atrice', 'er'], [7, 'ateur', 'er'], [6, 'trice', 'teur', 2], [7, 'teuse', 'ter'], [6, 'teur', 'ter'], [5, 'euse', 'eu'],
    [7, 'ive', 'if'], [4, 'folle', 'fou'], [4, 'molle', 'mou'], [9, 'nnelle', 'n'], [9, 'nnel', 'n'], [8, 'ique', '', 2], [8, 'esse', 'e'], [7, 'inage', 'in'],
    [9, 'isation', '', 3], [9, 'isateur', ''], [8, 'ation', ''], [8, 'ition', '']];
  function ends(s, e) { return s.length >= e.length && s.slice(-e.length) === e; }
  function masculine(s) {
    if (s.length > 5 && ends(s, 's')) s = s.slice(0, -1);
    var n = s.length;
    if (n > 6 && (ends(s, 'aise') || ends(s, 'oise'))) return s.slice(0, -1);
    if (n > 5 && ends(s, 'ive')) return s.slice(0, -2) + 'f';
    if (n > 5 && ends(s, 'iere') || n > 6 && ends(s, 'gere') || n > 5 && ends(s, 'ete')) return s.slice(0, -1);
    if (n > 5 && ends(s, 'ieme')) return s.slice(0, -4);
    return s;
  }
  function norm(s) {
    if (s.length > 4) s = s.replace(/([a-z])\1+/g, '$1');
    if (s.length > 4 && ends(s, 'ie')) s = s.slice(0, -2);
    if (s.length > 4) {
      if (ends(s, 'r')) s = s.slice(0, -1);
      if (ends(s, 'e')) s = s.slice(0, -1);
      if (ends(s, 'e')) s = s.slice(0, -1);
      if (s[s.length - 1] === s[s.length - 2]) s = s.slice(0, -1);
    }
    return s;
  }
  function stem(w, irregular) {
    irregular = irregular || index && index.irregular || {};
    if (irregular[w]) return irregular[w];
    if (/[^a-z]/.test(w)) return w;
    var s = masculine(w);
    if (s.length > 5 && ends(s, 'x')) s = (/[^e]aux$/.test(s) ? s.slice(0, -2) + 'lx' : s).slice(0, -1);
    if (s.length > 3 && ends(s, 'x')) s = s.slice(0, -1);
    if (s.length > 3 && ends(s, 's')) s = s.slice(0, -1);
    for (var i = 0; i < rules.length; i++) {
      var r = rules[i];
      if (s.length <= r[0] || !ends(s, r[1])) continue;
      s = s.slice(0, -r[1].length) + r[2];
      if (r[3] === 1 && s.length > 3 && ends(s, 'ive')) s = s.slice(0, -2) + 'f';
      if (r[3] === 3 && s.length > 5 && ends(s, 'ual')) s = s.slice(0, -2) + 'el';
      if (r[3] === 2) continue;
      return norm(s);
    }
    return norm(s);
  }

  // --- the index ---
  function pieceOf(w) {
    if (!/^[a-z0-9]{2}/.test(w)) return 'autres';
    var key = w.slice(0, 2);
    if (!deep[key]) return key;
    return /^[a-z0-9]{3}/.test(w) ? w.slice(0, 3) : key + '_';
  }
  var load = null; // given by the page: fetches a piece, then calls back
  function need(key, then) {
    if (!known[key] || pieces[key]) return then(pieces[key] || null);
    if (waiting[key]) { waiting[key].push(then); return; }
    waiting[key] = [then];
    load(key, function () { // failed: nothing is known of that piece
      var list = waiting[key] || [];
      delete waiting[key];
      list.forEach(function (f) { f(null); });
    });
  }
  function numbers(text) {
    var out = [], last = 0;
    if (text) text.split(',').forEach(function (d) { last += parseInt(d, 36); out.push(last); });
    return out;
  }
  var worth = [3, 2, 1];
  function take(into, piece, stems, share) {
    stems.forEach(function (i) {
      if (i < 0) return;
      var parts = piece.p[i].split(';'), total = 0, lists = parts.map(numbers);
      lists.forEach(function (l) { total += l.length; });
      var rare = Math.log(1 + rows.n / (1 + total));
      lists.forEach(function (l, place) {
        l.forEach(function (n) { into[n] = Math.max(into[n] || 0, worth[place] * share * rare); });
      });
    });
  }
  function first(list, w) { // of the sorted forms, the first not before w
    var a = 0, b = list.length;
    while (a < b) { var m = a + b >> 1; if (list[m] < w) a = m + 1; else b = m; }
    return a;
  }
  function distance(a, b, most) { // letters added, lost, changed or swapped
    if (Math.abs(a.length - b.length) > most) return most + 1;
    var before = [], row = [], next, i, j;
    for (j = 0; j <= b.length; j++) row[j] = j;
    for (i = 1; i <= a.length; i++) {
      next = [i];
      for (j = 1; j <= b.length; j++) {
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
      }
      before = row; row = next;
    }
    return row[b.length];
  }
  // find gathers the entries of one word: its inflections, what begins with it
  // while it is typed, and its likes when there is neither.
  function find(x, then) {
    var w = x.w, into = {}, s = stem(w), meant = '';
    if (w.length === 1 && /[a-z0-9]/.test(w)) {
      if (x.open) folded.forEach(function (t, n) { if (t.indexOf(' ' + w) >= 0) into[n] = 1; });
      return then(into, meant);
    }
    need(pieceOf(w), function (p) {
      need(pieceOf(s), function (q) {
        var others = [];
        if (q) take(into, q, [q.k.indexOf(s)], 1);
        if (p) {
          if (p.a && p.a[w]) others.push(p.a[w]);
          if (x.open) {
            var some = [];
            for (var i = first(p.f, w); i < p.f.length && p.f[i].indexOf(w) === 0 && some.length < 500; i++) some.push(p.s[i]);
            take(into, p, some, 0.7);
            Object.keys(p.a || {}).forEach(function (f) { if (f.indexOf(w) === 0) others.push(p.a[f]); });
          }
        }
        if (!others.length && !Object.keys(into).length && p && w.length > 3) {
          var most = w.length > 7 ? 2 : 1, best = most + 1;
          p.f.forEach(function (f, i) {
            var d = distance(w, x.open ? f.slice(0, Math.max(w.length, 4)) : f, most);
            if (d < best) { best = d; meant = f; }
          });
          if (meant) take(into, p, [p.s[p.f.indexOf(meant)]], 0.6);
        }
        (function more() {
          var o = others.shift();
          if (o === undefined) return then(into, meant);
          need(pieceOf(o), function (q) { if (q) take(into, q, [q.k.indexOf(o)], 0.9); more(); });
        })();
      });
    });
  }

  return {
    // ask answers a question: null when it asks nothing, else the worth of each
    // entry that holds every word; meant tells what was understood instead.
    ask: function (text, then) {
      var list = cut(text), useful = list.filter(function (x) { return !empty[x.w] && !(x.w.length === 1 && /[a-z]/.test(x.w) && !x.open); });
      if (!useful.length) useful = list;
      if (!useful.length) return then(null, []);
      var found = null, meant = [];
      (function step(i) {
        if (i === useful.length) return then(found || {}, meant);
        find(useful[i], function (into, like) {
          var x = useful[i], n;
          if (like) meant.push([x.w, like]);
          if (x.not) {
            if (!found) { found = {}; for (n = 0; n < rows.n; n++) found[n] = 1; }
            for (n in into) delete found[n];
          } else if (!found) found = into;
          else for (n in found) { if (into[n]) found[n] += into[n]; else delete found[n]; }
          step(i + 1);
        });
      })(0);
    },
    fold: fold, cut: cut, stem: stem, distance: distance,
    fiches: function (r) {
      r.codes = r.codes ? r.codes.split(' ') : [];
      var before = '', sides = r.sides ? r.sides.split('\n').map(function (t) { return before = before.slice(0, parseInt(t[0], 36)) + t.slice(1); }) : [];
      function side(n) { return sides[parseInt(n, 36)]; }
      r.titles = r.titles ? r.titles.split(';').map(function (t) {
        t = t.split('.');
        if (t[0]) before = side(t[0]);
        return t.length > 1 ? before + ' – ' + side(t[1]) : before;
      }) : [];
      r.labels = r.labels.map(function (l) {
        return l.split(';').map(function (t) {
          t = t.split('+');
          return t[0].split(',').map(side).join(', ') + (t[1] ? ' et ' + t[1] + ' autres' : '');
        });
      });
      r.years = (r.years.match(/../g) || []).map(function (y) { y = parseInt(y, 36); return y && y + 1600; });
      r.types = r.types.split('').map(function (x) { return parseInt(x, 36); });
      r.statuses = r.statuses.split('').map(function (x) { return parseInt(x, 36); });
      r.n = r.codes.length;
      r.code = function (n) { return r.codes[n]; };
      folded = r.titles.map(function (t) { return ' ' + fold(t).replace(/[^a-z0-9]+/g, ' '); });
      rows = r;
      if (index) ready.splice(0).forEach(function (f) { f(rows); });
    },
    index: function (x) {
      index = x;
      x.empty.split(' ').forEach(function (w) { empty[w] = 1; });
      x.deep.forEach(function (k) { deep[k] = 1; });
      x.pieces.forEach(function (k) { known[k] = 1; });
      if (rows) ready.splice(0).forEach(function (f) { f(rows); });
    },
    mots: function (key, p) {
      pieces[key] = p;
      var list = waiting[key] || [];
      delete waiting[key];
      list.forEach(function (f) { f(p); });
    },
    by: function (f) { load = f; },
    ready: function (f) { if (rows && index) f(rows); else ready.push(f); }
  };
})();
