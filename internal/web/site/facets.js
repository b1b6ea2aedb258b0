// The page of search: what is asked, the facets with their counts, the map and
// the list in step, all of it in the address.
(function () {
  'use strict';
  var form = document.querySelector('.ask');
  if (!form) return;
  var box = document.getElementById('q'), side = document.querySelector('.facets'), list = document.getElementById('list');
  var count = document.getElementById('count'), chosenLine = document.getElementById('chosen'), more = document.getElementById('more'), said = document.getElementById('understood');
  var step = 24, shown = step, turn = 0, rows = null, facets = [], state = null, last = [];

  REPERTOIRE.by(function (key, failed) {
    var s = document.createElement('script');
    s.src = 'donnees/mots/' + key + '.js';
    s.onerror = failed;
    document.head.appendChild(s);
  });
  form.hidden = false;

  function el(tag, attrs, children) {
    var e = document.createElement(tag);
    Object.keys(attrs || {}).forEach(function (k) { if (attrs[k] !== null && attrs[k] !== false) e.setAttribute(k, attrs[k] === true ? '' : attrs[k]); });
    [].concat(children || []).forEach(function (c) { if (c !== null) e.appendChild(typeof c === 'string' ? document.createTextNode(c) : c); });
    return e;
  }
  function thousands(n) { return String(n).replace(/\B(?=(\d{3})+$)/g, '\u202f'); }
  function counted(n) { return thousands(n) + '\u00a0' + (n < 2 ? 'partenariat' : 'partenariats'); }
  function many(v) { return v === 0 ? [] : Array.isArray(v) ? v : [v]; }
  function sign(family) {
    if (!family) return null;
    var s = document.createElementNS('http://www.w3.org/2000/svg', 'svg'), p = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    s.setAttribute('class', 'sign'); s.setAttribute('viewBox', '0 0 10 10'); s.setAttribute('aria-hidden', 'true');
    p.setAttribute('d', REPERTOIRE.signs[family]);
    s.appendChild(p);
    return s;
  }
  function lower(s) { return s.charAt(0).toLowerCase() + s.slice(1); }

  // --- the address: index.html#q=eau&theme=Eau&pays=Japon ---
  function read() {
    var out = { q: '', tri: '', on: {} };
    (location.hash.slice(1) || location.search.slice(1)).split('&').forEach(function (pair) {
      var i = pair.indexOf('='), k = pair.slice(0, i), v;
      if (i < 1) return;
      try { v = decodeURIComponent(pair.slice(i + 1).replace(/\+/g, ' ')); } catch (e) { return; }
      if (k === 'q' || k === 'tri') out[k] = v;
      else (out.on[k] = out.on[k] || []).push(v);
    });
    return out;
  }
  function written() {
    var parts = [];
    if (state.q) parts.push('q=' + encodeURIComponent(state.q));
    Object.keys(state.on).forEach(function (k) { state.on[k].forEach(function (v) { parts.push(k + '=' + encodeURIComponent(v)); }); });
    if (state.tri) parts.push('tri=' + state.tri);
    return parts.join('&');
  }
  // A choice is a step back can undo; what is typed is not, letter by letter.
  function note(push) {
    var hash = '#' + written();
    if (hash === location.hash || hash === '#' && !location.hash) return;
    try {
      if (push) history.pushState(null, '', hash === '#' ? location.pathname : hash);
      else history.replaceState(null, '', hash === '#' ? location.pathname : hash);
    } catch (e) {
      if (push) location.hash = hash; else location.replace(hash === '#' ? '#tout' : hash);
    }
  }

  // --- facets ---
  function facet(key, title, names, column, families, wide) {
    var f = { key: key, title: title, names: names, of: column.map(many), families: families || [], index: {}, wide: wide };
    names.forEach(function (n, i) { f.index[n] = i + 1; });
    return f;
  }
  function decades() {
    var names = [], of = rows.years.map(function (y) {
      if (!y) return 0;
      var n = 'années ' + (y - y % 10);
      if (names.indexOf(n) < 0) names.push(n);
      return n;
    });
    names.sort();
    return facet('annee', 'Première convention', names, of.map(function (n) { return n ? names.indexOf(n) + 1 : 0; }));
  }
  function begin(r) {
    rows = r;
    var n = rows.names;
    facets = [facet('theme', 'Thématique', n.Themes || [], rows.themes, n.Families), facet('pays', 'Pays', n.Countries || [], rows.countries), facet('region', 'Région française', n.Regions || [], rows.regions),
      facet('nature', 'Nature du lien', n.Types, rows.types), facet('statut', 'Statut', n.Statuses, rows.statuses), decades()];
    rows.dots.forEach(function (column, i) {
      var f = facet(i ? 'la' : 'ici', 'Lieu', rows.labels[i] || [], column);
      f.map = i;
      facets.push(f);
    });
    facets = facets.filter(function (f) {
      var used = {};
      f.of.forEach(function (l) { l.forEach(function (v) { used[v] = 1; }); });
      f.used = Object.keys(used).length;
      return f.map !== undefined || f.used > 1;
    });
    draw();
    dots();
    listen();
    state = read();
    box.value = state.q;
    answer(false);
    REPERTOIRE.readyAt = performance.now();
  }
  function draw() {
    facets.forEach(function (f) {
      if (f.map !== undefined) return;
      f.list = el('ul');
      f.inputs = f.names.map(function (name, i) {
        var input = el('input', { type: 'checkbox', name: f.key, value: name }), n = el('span', { 'class': 'n' });
        var item = el('li', { 'class': f.families[i] ? 't' + f.families[i] : null }, [el('label', {}, [input, sign(f.families[i]), el('span', {}, name), n])]);
        f.list.appendChild(item);
        return { input: input, n: n, item: item };
      });
      f.box = el('details', { open: f.key === 'theme' || f.key === 'pays' ? true : null }, [el('summary', {}, f.title), el('fieldset', {}, [el('legend', { 'class': 'unseen' }, f.title), f.list])]);
      side.appendChild(f.box);
    });
    if (window.matchMedia && matchMedia('(max-width: 62rem)').matches) {
      // On a telephone the filters wait behind one button.
      var all = el('details', { 'class': 'all-facets' }, [el('summary', {}, 'Filtrer')]);
      while (side.firstChild) all.appendChild(side.firstChild);
      side.appendChild(all);
    }
    side.hidden = false;
    var sort = el('label', { 'class': 'sort' }, ['Trier', el('select', { id: 'tri' }, [el('option', { value: '' }, 'ordre du répertoire'), el('option', { value: 'ancien' }, 'les plus anciens'), el('option', { value: 'recent' }, 'les plus récents')])]);
    document.querySelector('.results-head').appendChild(sort);
  }
  function has(f, n, values) {
    for (var i = 0; i < values.length; i++) if (f.of[n].indexOf(values[i]) >= 0) return true;
    return false;
  }

  // --- answering ---
  function answer(push) {
    var mine = ++turn;
    if (push !== null) note(push);
    REPERTOIRE.ask(state.q, function (found, meant) {
      if (mine !== turn) return; // another question was asked since
      said.textContent = meant.length ? meant.map(function (m) { return 'Rien pour «\u00a0' + m[0] + '\u00a0»\u202f: voici ce qui répond à «\u00a0' + m[1] + '\u00a0».'; }).join(' ') : '';
      filter(found);
    });
  }
  function filter(found) {
    var wanted = facets.map(function (f) {
      return (state.on[f.key] || []).map(function (v) { return f.index[v] || -1; });
    });
    var counts = facets.map(function () { return {}; });
    last = [];
    for (var n = 0; n < rows.n; n++) {
      if (found && !found[n]) continue;
      var misses = 0, missed = -1;
      for (var i = 0; i < facets.length && misses < 2; i++) {
        if (wanted[i].length && !has(facets[i], n, wanted[i])) { misses++; missed = i; }
      }
      if (misses > 1) continue;
      if (misses === 0) last.push(n);
      // A facet counts what its own choices would give, the others holding.
      for (i = 0; i < facets.length; i++) {
        if (misses === 0 || missed === i) facets[i].of[n].forEach(function (v) { counts[i][v] = (counts[i][v] || 0) + 1; });
      }
    }
    if (state.tri) {
      var up = state.tri === 'ancien' ? 1 : -1;
      last.sort(function (a, b) { var x = rows.years[a], y = rows.years[b]; return x === y ? a - b : !x ? 1 : !y ? -1 : up * (x - y); });
    } else if (found) last.sort(function (a, b) { return found[b] - found[a] || a - b; });
    shown = step;
    facets.forEach(function (f, i) { if (f.map === undefined) paintFacet(f, counts[i], wanted[i]); });
    paintMap();
    paintList();
    paintChosen();
  }
  function paintFacet(f, counts, wanted) {
    f.inputs.forEach(function (x, i) {
      var n = counts[i + 1] || 0, on = wanted.indexOf(i + 1) >= 0;
      x.n.textContent = thousands(n);
      x.input.checked = on;
      x.item.hidden = !n && !on;
    });
  }
  function fictional(n) {
    for (var i = 0, l = rows.fictional || []; i < l.length; i += 2) if (n >= l[i] && n < l[i] + l[i + 1]) return true;
    return false;
  }
  function line(n) {
    var names = rows.names, about = many(rows.regions[n]).map(function (v) { return names.Regions[v - 1]; }).concat(many(rows.countries[n]).map(function (v) { return names.Countries[v - 1]; }));
    var link = rows.types[n] ? names.Types[rows.types[n] - 1] : '';
    if (rows.years[n]) link = (link || 'Lien') + ' depuis ' + rows.years[n];
    if (rows.statuses[n]) link += (link ? ', ' : '') + lower(names.Statuses[rows.statuses[n] - 1]);
    if (link) about.push(link.charAt(0).toUpperCase() + link.slice(1));
    var theme = many(rows.themes[n])[0], family = theme ? names.Families[theme - 1] : 0;
    var item = el('li', { 'class': 'row' + (family ? ' t' + family : ''), 'data-n': n }, [el('a', { href: 'fiches/' + rows.code(n) + '.html' }, rows.titles[n])]);
    if (fictional(n)) { item.appendChild(document.createTextNode(' ')); item.appendChild(el('span', { 'class': 'invented' }, 'fiche fictive')); }
    item.appendChild(el('p', {}, about.join(' · ')));
    if (theme) item.appendChild(el('p', { 'class': 'theme' }, [sign(family), names.Themes[theme - 1]]));
    return item;
  }
  function paintList() {
    var ul = el('ul', { 'class': 'rows' });
    last.slice(0, shown).forEach(function (n) { ul.appendChild(line(n)); });
    list.replaceChildren(last.length ? ul : el('p', { 'class': 'none' }, 'Aucun partenariat ne répond. Retirez un filtre, ou cherchez un mot plus général.'));
    count.textContent = counted(last.length);
    more.hidden = last.length <= shown;
  }
  function paintChosen() {
    chosenLine.replaceChildren();
    facets.forEach(function (f) {
      (state.on[f.key] || []).forEach(function (v) {
        var b = el('button', { type: 'button', 'class': 'chip' }, [v, el('span', { 'class': 'unseen' }, ' : retirer ce filtre'), el('span', { 'aria-hidden': 'true' }, ' ×')]);
        b.addEventListener('click', function () { toggle(f.key, v); count.focus(); });
        chosenLine.appendChild(b);
      });
    });
    if (chosenLine.firstChild) {
      var all = el('button', { type: 'button', 'class': 'chip clear' }, 'Tout effacer');
      all.addEventListener('click', function () { state = { q: state.q, tri: state.tri, on: {} }; answer(true); count.focus(); });
      chosenLine.appendChild(all);
    }
  }
  function toggle(key, value) {
    var l = state.on[key] || [], i = l.indexOf(value);
    if (i < 0) l = l.concat([value]); else l = l.filter(function (v) { return v !== value; });
    if (l.length) state.on[key] = l; else delete state.on[key];
    answer(true);
  }

  // --- the map ---
  // The page comes with its dots as strokes, which weigh little: here they become
  // circles that can be pointed at.
  function dots() {
    var ns = 'http://www.w3.org/2000/svg';
    document.querySelectorAll('svg.map').forEach(function (svg) {
      var p = +svg.getAttribute('data-panel'), g = svg.querySelector('.dots'), k = 0, counts = [], all = document.createDocumentFragment();
      rows.dots[p].forEach(function (v) { many(v).forEach(function (d) { counts[d - 1] = (counts[d - 1] || 0) + 1; }); });
      g.querySelectorAll('path').forEach(function (path) {
        path.getAttribute('d').slice(1).split('M').forEach(function (at) {
          var c = document.createElementNS(ns, 'circle'), t = document.createElementNS(ns, 'title');
          at = at.split(/[ h]/);
          c.setAttribute('class', path.getAttribute('class'));
          c.setAttribute('cx', at[0]); c.setAttribute('cy', at[1]); c.setAttribute('r', path.getAttribute('stroke-width') / 2); c.setAttribute('data-d', k);
          t.textContent = rows.labels[p][k] + '\u00a0: ' + counted(counts[k] || 0);
          c.appendChild(t);
          all.appendChild(c);
          k++;
        });
      });
      g.textContent = '';
      g.appendChild(all);
    });
  }
  function circles(panel) { return document.querySelectorAll('svg.map[data-panel="' + panel + '"] circle'); }
  function paintMap() {
    rows.dots.forEach(function (column, p) {
      var live = {}, f = facets.filter(function (x) { return x.map === p; })[0], on = (state.on[f.key] || []);
      last.forEach(function (n) { many(column[n]).forEach(function (v) { live[v] = 1; }); });
      circles(p).forEach(function (c, i) {
        c.classList.toggle('off', !live[i + 1]);
        c.classList.toggle('on', on.indexOf(f.names[i]) >= 0);
      });
    });
  }
  function light(n, yes) {
    rows.dots.forEach(function (column, p) {
      var c = circles(p);
      many(column[n]).forEach(function (v) { if (c[v - 1]) c[v - 1].classList.toggle('lit', yes); });
    });
  }
  function lightRows(p, d, yes) {
    list.querySelectorAll('li[data-n]').forEach(function (li) {
      if (many(rows.dots[p][li.getAttribute('data-n')]).indexOf(d + 1) >= 0) { li.classList.toggle('lit', yes); light(+li.getAttribute('data-n'), yes); }
    });
  }

  function listen() {
    var wait = 0;
    form.addEventListener('submit', function (e) { e.preventDefault(); state.q = box.value.trim(); answer(true); });
    box.addEventListener('input', function () {
      clearTimeout(wait);
      wait = setTimeout(function () { state.q = box.value.trim(); answer(false); }, 90);
    });
    side.addEventListener('change', function (e) { if (e.target.name) toggle(e.target.name, e.target.value); });
    document.getElementById('tri').addEventListener('change', function (e) { state.tri = e.target.value; answer(true); });
    more.querySelector('button').addEventListener('click', function () {
      var at = shown;
      shown += step * 2;
      paintList();
      var next = list.querySelectorAll('li a')[at];
      if (next) next.focus();
    });
    list.addEventListener('mouseover', function (e) { var li = e.target.closest('li[data-n]'); if (li) light(+li.getAttribute('data-n'), true); });
    list.addEventListener('mouseout', function (e) { var li = e.target.closest('li[data-n]'); if (li) light(+li.getAttribute('data-n'), false); });
    list.addEventListener('focusin', function (e) { var li = e.target.closest('li[data-n]'); if (li) light(+li.getAttribute('data-n'), true); });
    list.addEventListener('focusout', function (e) { var li = e.target.closest('li[data-n]'); if (li) light(+li.getAttribute('data-n'), false); });
    document.querySelectorAll('svg.map').forEach(function (svg) {
      var p = +svg.getAttribute('data-panel'), f = facets.filter(function (x) { return x.map === p; })[0];
      svg.classList.add('live');
      svg.addEventListener('click', function (e) {
        var d = e.target.closest('circle');
        if (d) toggle(f.key, f.names[+d.getAttribute('data-d')]);
      });
      svg.addEventListener('mouseover', function (e) { if (e.target.tagName === 'circle') lightRows(p, +e.target.getAttribute('data-d'), true); });
      svg.addEventListener('mouseout', function (e) { if (e.target.tagName === 'circle') lightRows(p, +e.target.getAttribute('data-d'), false); });
    });
    function back() { var s = read(); if (JSON.stringify(s) === JSON.stringify(state)) return; state = s; box.value = s.q; document.getElementById('tri').value = s.tri; answer(null); }
    window.addEventListener('popstate', back);
    window.addEventListener('hashchange', back);
  }

  REPERTOIRE.ready(begin);
})();
