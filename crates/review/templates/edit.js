// Correcting a task, and saving the corrected list.

const LIMIT_KINDS = ['by', 'within', 'recurring', 'relative', 'ongoing', 'immediate'];
const EMPTY_PLACE = { line: 1, page: null };

const lines = (text) => text.split('\n').map((s) => s.trim()).filter(Boolean);

function select(name, values, chosen, prefix) {
  const options = values.map((v) => el('option', { value: v, selected: v === chosen }, v ? w(prefix + v) : '—'));
  return el('select', { name }, options);
}

function labelled(words, control) {
  return el('label', {}, words, control);
}

/** The controls of one limit; those that its kind does not use are hidden. */
function limitControls(limit) {
  const box = el('div', { class: 'limit' });
  const control = (name, type, value, placeholder) => el('input', { name, type, value: value || '', placeholder, size: 12 });
  const fields = {
    start: labelled(w('edit.start'), control('start', 'date', limit.start)),
    end: labelled(w('edit.end'), control('end', 'date', limit.end)),
    time: labelled(w('edit.time'), control('time', 'time', limit.time)),
    inclusive: el('label', { class: 'check' }, el('input', { name: 'inclusive', type: 'checkbox', checked: limit.inclusive !== false }), w('edit.inclusive')),
    rrule: labelled(w('edit.rrule'), control('rrule', 'text', limit.rrule, 'FREQ=MONTHLY;BYMONTHDAY=20')),
    duration: labelled(w('edit.duration'), control('duration', 'text', limit.duration, 'P10D')),
  };
  const used = { by: ['end', 'time', 'inclusive'], within: ['start', 'end'], recurring: ['rrule', 'time'], relative: ['duration'], ongoing: [], immediate: [] };
  const kind = select('limit-kind', LIMIT_KINDS, limit.kind, 'limit-kind.');
  const adjust = () => {
    for (const [name, node] of Object.entries(fields)) node.hidden = !(used[kind.value] || []).includes(name);
  };
  kind.addEventListener('change', adjust);
  adjust();
  const drop = el('button', { type: 'button', on: { click: () => box.remove() } }, w('edit.drop'));
  box.append(labelled(w('edit.kind'), kind), ...Object.values(fields), drop);
  box.limit = limit;
  return box;
}

function emptyLimit(task) {
  return { raw: '', kind: 'by', due: null, start: null, end: null, time: null, inclusive: true, rrule: null, duration: null,
    working_days: false, anchor: null, emphasised: false, via: 'text', span: task.span };
}

/** A limit as its controls say; what they do not touch stays. */
function readLimit(box) {
  const value = (name) => box.querySelector(`[name="${name}"]`).value || null;
  const kind = value('limit-kind');
  const inclusive = box.querySelector('[name="inclusive"]').checked;
  const touched = ['start', 'end', 'time', 'rrule', 'duration'].some((name) => value(name) !== (box.limit[name] || null));
  if (kind === box.limit.kind && !touched && inclusive === (box.limit.inclusive !== false) && box.limit.raw) return box.limit;
  const limit = { ...box.limit, kind, start: null, end: null, time: null, inclusive: null, rrule: null, duration: null };
  if (kind === 'by') {
    Object.assign(limit, { end: value('end'), time: value('time'), inclusive });
    limit.due = limit.inclusive || !limit.end ? limit.end : dayBefore(limit.end);
  } else if (kind === 'within') {
    Object.assign(limit, { start: value('start'), end: value('end') });
    limit.due = limit.end;
  } else if (kind === 'recurring') {
    Object.assign(limit, { rrule: value('rrule'), time: value('time'), due: null });
  } else if (kind === 'relative') {
    limit.duration = value('duration');
    if (limit.duration !== box.limit.duration) limit.due = null;
  } else {
    limit.due = null;
  }
  if (kind !== 'relative') Object.assign(limit, { working_days: false, anchor: null });
  return limit;
}

/** The form in the place of a card's values. */
function editForm(view, i) {
  const task = view.tasks[i];
  const names = (role) => (task[role] || []).map((a) => a.name).join('\n');
  const area = (name, value) => el('textarea', { name, value, rows: Math.max(1, value.split('\n').length) });
  const limits = el('fieldset', {}, el('legend', {}, w('role.deadlines')), task.deadlines.map(limitControls));
  const more = el('button', { type: 'button', on: { click: () => more.before(limitControls(emptyLimit(task))) } }, w('edit.add-limit'));
  limits.append(more);
  return el('form', { class: 'edit', autocomplete: 'off' },
    labelled(w('edit.title'), el('input', { name: 'title', value: task.title, maxLength: 200 })),
    el('div', { class: 'pair' },
      labelled(w('edit.kind'), select('kind', ['assigned', 'planned', 'recommended'], task.kind, 'kind.')),
      labelled(w('edit.status'), select('status', ['', 'done', 'in_progress', 'overdue', 'not_started'], task.status || '', 'status.'))),
    ROLES.map((role) => labelled(w('edit.lines', { what: w('role.' + role) }), area(role, names(role)))),
    limits,
    labelled(w('edit.lines', { what: w('role.deliverables') }), area('deliverables', task.deliverables.map((d) => d.text).join('\n'))),
    el('footer', {},
      el('button', { type: 'submit', class: 'main' }, w('edit.done')),
      el('button', { type: 'button', data: { action: 'cancel' } }, w('edit.cancel'))));
}

/** The task as the form says. Values that did not change stay the objects they were, places and all. */
function readForm(view, i, form) {
  const task = view.tasks[i];
  const value = (name) => form.elements.namedItem(name).value;
  const changed = { ...task, title: value('title').trim() || task.title, kind: value('kind'), status: value('status') || null };
  for (const role of ROLES) changed[role] = readBodies(view, task, role, lines(value(role)));
  changed.deadlines = [...form.querySelectorAll('.limit')].map(readLimit).map((limit) => withWords(view, limit));
  changed.deliverables = lines(value('deliverables')).map((text) => {
    const old = task.deliverables.find((d) => d.text === text);
    return old || { text, span: placeOf(view, task, text) || task.span };
  });
  changed.flags = task.flags.filter((flag) => !answered(flag, changed, task));
  return changed;
}

/** Flags that the correction has dealt with. */
function answered(flag, changed, task) {
  const same = (key) => JSON.stringify(changed[key]) === JSON.stringify(task[key]);
  if (['no-lead', 'unregistered-lead', 'ambiguous-agency', 'repaired-agency'].includes(flag)) return !same('lead');
  if (['unresolved-deadline', 'ambiguous-date', 'invalid-date', 'deadline-before-document'].includes(flag)) return !same('deadlines');
  return false;
}

/** Bodies by name: as they were; or as the document names them elsewhere; or new ones. */
function readBodies(view, task, role, names) {
  return names.map((name) => {
    const old = task[role].find((a) => a.name === name);
    if (old) return old;
    const known = view.known.get(name);
    const span = placeOf(view, task, known ? known.raw : name) || placeOf(view, task, name);
    const raw = span ? view.document.text.slice(span.start, span.end) : name;
    if (known) return { ...known, raw, via: 'text', span, holder: null };
    return { raw, name, id: null, kind: 'unregistered', jurisdiction: null, holder: null, successor: null, via: 'text', span };
  });
}

/** The place of words in the task's own text, or null. */
function placeOf(view, task, words) {
  if (!view.document || !words) return null;
  const start = view.document.text.find(words, task.span.start, task.span.end);
  if (start < 0) return null;
  const before = view.document.text.slice(task.span.start, start);
  return { ...EMPTY_PLACE, ...task.span, start, end: start + Array.from(words).length, line: task.span.line + before.split('\n').length - 1 };
}

/** A new limit has no words of its own: those of its task stand for them. */
function withWords(view, limit) {
  if (limit.raw || !view.document) return limit;
  return { ...limit, raw: view.document.text.slice(limit.span.start, limit.span.end) };
}

/** The record with the corrections, as a fixture. */
function fixture(view) {
  const { text, ...own } = view.doc.record.document;
  const gone = new Set(view.tasks.filter((_, i) => view.changes[i].gone).map((task) => task.id));
  const tasks = view.tasks.filter((task) => !gone.has(task.id));
  for (const [i, task] of tasks.entries()) if (gone.has(task.repeats)) tasks[i] = { ...task, repeats: null };
  return JSON.stringify({ ...view.doc.record, document: own, tasks }, null, 2) + '\n';
}

/** Hands the fixture to the browser as a download; nothing leaves the machine. */
function save(view) {
  const url = URL.createObjectURL(new Blob([fixture(view)], { type: 'application/json' }));
  const link = el('a', { href: url, download: view.doc.file });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
