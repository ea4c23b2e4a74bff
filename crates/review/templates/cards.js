// Tasks as cards.

/** `by 15/5/2026` with the words that it was read from. */
function limitChip(d) {
  const chip = el('span', { class: 'chip m-deadlines', title: d.raw }, limitWords(d));
  return d.emphasised ? el('b', {}, chip) : chip;
}

function bodyChips(role, agencies) {
  const viaWords = (via) => via && via !== 'text' && el('span', { class: 'via' }, w('via.' + via), ' ');
  // where all came the same way, it is said once
  const common = agencies.every((a) => a.via === agencies[0].via);
  const chips = agencies.map((a) => {
    const title = [a.raw !== a.name && a.raw, a.holder, a.successor && w('page.successor', { name: a.successor.name, since: day(a.successor.since) })];
    const chip = el('span', { class: `chip m-${role}`, title: title.filter(Boolean).join(' · ') || undefined }, bodyName(a));
    return [chip, !common && viaWords(a.via)];
  });
  return [chips, common && viaWords(agencies[0].via)];
}

function row(name, ...values) {
  return [el('dt', {}, name), el('dd', {}, ...values)];
}

function rows(task) {
  const out = [];
  for (const role of ROLES) {
    const agencies = task[role] || [];
    if (agencies.length) out.push(row(w('role.' + role), bodyChips(role, agencies)));
    else if (role === 'lead') out.push(row(w('role.lead'), el('span', { class: 'muted' }, w('page.nobody'))));
  }
  if (task.deadlines.length) out.push(row(w('role.deadlines'), task.deadlines.map((d) => limitChip(d))));
  if (task.deliverables.length) {
    out.push(row(w('role.deliverables'), task.deliverables.map((d) => el('span', { class: 'chip m-deliverables' }, d.text))));
  }
  for (const field of task.fields) out.push(row(field.label || '·', field.value));
  if (task.references.length) out.push(row(w('role.references'), task.references.map((r) => r.raw).join('; ')));
  return out;
}

/** A value of a record in words. */
function valueWords(value) {
  if (value === null) return '∅';
  if (Array.isArray(value)) return value.length ? value.map(valueWords).join('; ') : '∅';
  if (typeof value !== 'object') return String(value);
  if (value.kind && 'rrule' in value) return `${limitWords(value)} (${value.raw})`;
  if (typeof value.name === 'string') return bodyName(value);
  if (value.message) return value.message;
  if (value.label) return `${value.label}: ${value.value}`;
  if (value.title !== undefined) return `${value.marker || ''} ${value.title}`.trim();
  return value.text || value.raw || JSON.stringify(value);
}

/** The differences of a task or of the document, old beside new. */
function differences(list) {
  return el('div', { class: 'diff' }, list.map((d) => {
    if (d.change !== 'changed') {
      const sides = [...d.expected.map((x) => el('del', {}, x)), ...d.actual.map((x) => el('ins', {}, x))];
      return el('div', {}, el('span', { class: 'f' }, w('diff.' + d.change)), sides);
    }
    return el('div', {}, el('span', { class: 'f' }, WORDS['role.' + d.field] || d.field), d.leaves.map(({ path, expected, actual, sides }) => {
      // `[0].end` is the end of the first limit; the name of a body needs no path
      const inside = path.replace(/\[\d+\]/g, '').replace(/(^|\.)(name|text|title)$|^\./g, '');
      const key = inside && `${inside}: `;
      return [sides[0] && el('del', {}, key, valueWords(expected)), sides[1] && el('ins', {}, key, valueWords(actual))];
    }));
  }));
}

/** The card of task `i`, as the reviewer left it. */
function card(view, i) {
  const task = view.tasks[i];
  const { edited, gone } = view.changes[i];
  const found = view.diffs[i];
  const header = el('header', {},
    el('b', {}, task.ordinal || String(i + 1)),
    el('span', { class: 'badge' }, w('kind.' + task.kind)),
    task.status && el('span', { class: 'badge' }, w('status.' + task.status)),
    task.repeats && el('span', { class: 'badge' }, w('page.repeats')),
    task.flags.map((flag) => el('span', { class: 'badge flag' }, w('flag.' + flag))),
    edited && el('span', { class: 'badge edited' }, w('page.edited')),
    gone && el('span', { class: 'badge edited' }, w('page.removed')),
    found.length > 0 && el('span', { class: 'badge flag' }, w(found.length === 1 ? 'diff.one' : 'diff.differences', { n: found.length })));
  const section = task.section.map((h) => `${h.marker} ${h.title}`.trim()).join(' › ');
  return el('article', {
    class: ['card', task.flags.length && 'flagged', gone && 'gone'].filter(Boolean).join(' '),
    id: `task-${i}`, tabIndex: -1, data: { task: i }, 'aria-label': `${task.ordinal} ${task.title}`,
  },
  header,
  el('h3', {}, task.title),
  el('dl', { class: 'body' }, rows(task)),
  el('details', {}, el('summary', {}, w('page.text')), el('p', { class: 'via' }, section), el('p', {}, task.text)),
  found.length > 0 && differences(found),
  el('footer', {},
    el('button', { type: 'button', data: { action: 'edit' } }, w('page.edit')),
    el('button', { type: 'button', data: { action: 'remove' } }, w(gone ? 'page.restore' : 'page.remove')),
    (edited || gone) && el('button', { type: 'button', data: { action: 'undo' } }, w('page.undo')),
    view.document && el('button', { type: 'button', data: { action: 'show' } }, w('page.show'))));
}

/** Cards of tasks that are expected and not there. */
function ghosts(list) {
  return list.map((d) => el('article', { class: 'card ghost flagged' }, differences([d])));
}

/** What could not be read, resolved or placed, and what differs in the document's own fields. */
function notices(doc) {
  const out = [];
  const warnings = doc.record.warnings || [];
  if (warnings.length) {
    const items = warnings.map((x) => el('li', {}, x.message || x.code, x.span && x.span.page ? ` (${w('page.number', { n: x.span.page })})` : ''));
    out.push(el('details', { class: 'box warn', open: warnings.length < 4 }, el('summary', {}, w('page.warnings', { n: warnings.length })), el('ul', {}, items)));
  }
  const own = doc.diff.filter((d) => d.part === 'document' || d.part === 'record' || d.part === 'target' || d.field === 'order');
  if (own.length) out.push(el('div', { class: 'box' }, el('b', {}, w('diff.document')), differences(own)));
  return out;
}

function targets(list) {
  if (!list || !list.length) return null;
  const items = list.map((t) => el('li', {}, el('b', {}, t.raw), ' — ', t.text, t.deadline ? ` (${limitWords(t.deadline)})` : ''));
  return el('details', { class: 'box' }, el('summary', {}, w('page.targets', { n: list.length })), el('ul', {}, items));
}
