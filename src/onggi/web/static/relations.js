// The relations of a case, to be moved about: read from the table that says the same, drawn in the page's colours,
// drawn anew when light turns dark. Loaded with the page, begun when somebody opens it. One entity can be found and
// chosen, by hand or by keys: the others step back, and its rows of the table stand beside it.

const opener = document.getElementById("moving");
const place = document.getElementById("graph");
const sought = document.getElementById("graph-seek");
const told = document.getElementById("graph-told");
const rows = [...document.querySelectorAll("#relations tbody tr")];
const shapes = { person: "ellipse", group: "round-rectangle", act: "diamond" };
const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const READ = 12; // pixels of a letter that can be read
const SEEN = 9; // pixels of a sign that can be told from another

function readEnd(cell) {
  const link = cell.querySelector("a");
  return {
    data: { id: link.textContent, label: cell.textContent.trim(), href: link.getAttribute("href") },
    classes: cell.dataset.kind,
  };
}

function readElements() {
  const nodes = new Map();
  const edges = rows.map(row => {
    const [from, relation, to] = [readEnd(row.cells[0]), row.cells[1].textContent.trim(), readEnd(row.cells[2])];
    nodes.set(from.data.id, from);
    nodes.set(to.data.id, to);
    return { data: { source: from.data.id, target: to.data.id, label: relation } };
  });
  return [...nodes.values(), ...edges];
}

function readStyle(zoom) {
  const face = getComputedStyle(document.documentElement);
  const [ink, soft, sheet, tint, act] = ["--ink", "--soft", "--sheet", "--tint", "--act"].map(name => face.getPropertyValue(name).trim());
  const font = { "font-family": face.fontFamily, "font-size": 11, "text-wrap": "wrap", "text-max-width": 120, "min-zoomed-font-size": 7 };
  const size = Math.max(26, SEEN / zoom);
  const near = { "font-size": Math.max(READ, READ / zoom), "min-zoomed-font-size": 0, "text-max-width": 120 / Math.min(1, zoom), "z-index": 2 };
  return [
    { selector: "node", style: { ...font, label: "data(label)", color: ink, "background-color": tint, "border-color": act, "border-width": Math.max(1.5, 1 / zoom), "text-valign": "bottom", "text-margin-y": 4, width: size, height: size } },
    ...Object.entries(shapes).map(([kind, shape]) => ({ selector: `node.${kind}`, style: { shape } })),
    { selector: "edge", style: { ...font, label: "data(label)", color: soft, "line-color": soft, "target-arrow-color": soft, "target-arrow-shape": "triangle", "curve-style": "bezier", width: Math.max(1.2, 0.7 / zoom), "text-background-color": sheet, "text-background-opacity": 0.9, "text-background-padding": 2 } },
    { selector: ".far", style: { opacity: 0.15, "text-opacity": 0 } },
    { selector: "node.near", style: near },
    { selector: ":selected", style: { "background-color": act, "border-width": Math.max(4, 3 / zoom) } },
  ];
}

function tell(node) {
  const those = rows.filter(row => [0, 2].some(at => readEnd(row.cells[at]).data.id === node.id()));
  told.replaceChildren(...those.map(row => {
    const line = document.createElement("li");
    const parts = [0, 1, 2].map(at => [...row.cells[at].childNodes].map(one => one.cloneNode(true)));
    line.append(...parts[0], " · ", ...parts[1], " → ", ...parts[2]);
    return line;
  }));
}

function choose(graph, node) {
  const near = node.closedNeighborhood();
  graph.elements().removeClass("near").addClass("far").unselect();
  near.removeClass("far").addClass("near");
  node.select();
  tell(node);
  const box = graph.extent();
  const at = node.position();
  if (graph.zoom() < 0.6 || at.x < box.x1 || at.x > box.x2 || at.y < box.y1 || at.y > box.y2) {
    graph.fit(near, 60);
    graph.zoom({ level: Math.min(graph.zoom(), 1.2), position: node.position() });
  }
  place.dataset.chosen = node.id();
}

function release(graph) {
  graph.elements().removeClass("near far").unselect();
  told.replaceChildren();
  delete place.dataset.chosen;
}

function find(graph, text) {
  const word = text.trim().toLowerCase();
  const fits = graph.nodes().filter(node => node.data("label").toLowerCase().includes(word));
  const exact = fits.filter(node => node.id().toLowerCase() === word);
  return word && (exact.length ? exact : fits.sort((a, b) => b.degree() - a.degree()))[0];
}

// The nearest sign that lies that way, a sign ahead before one aside.
function step(graph, node, [x, y]) {
  const from = node.renderedPosition();
  const ahead = other => {
    const at = other.renderedPosition();
    const [along, aside] = [(at.x - from.x) * x + (at.y - from.y) * y, Math.abs((at.x - from.x) * y) + Math.abs((at.y - from.y) * x)];
    return along > 1 ? along + 2 * aside : Infinity;
  };
  const others = graph.nodes().map(other => [ahead(other), other]).filter(([far]) => far < Infinity);
  return others.sort(([a], [b]) => a - b)[0]?.[1];
}

function come(graph, factor) {
  const middle = { x: graph.width() / 2, y: graph.height() / 2 };
  graph.zoom({ level: graph.zoom() * factor, renderedPosition: middle });
}

function press(graph, event) {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const chosen = graph.$("node:selected")[0];
  const way = ways[event.key];
  if (way && chosen) {
    const next = step(graph, chosen, way);
    if (next) choose(graph, next);
  } else if (way) graph.panBy({ x: -80 * way[0], y: -80 * way[1] });
  else if (event.key === "+" || event.key === "=") come(graph, 1.3);
  else if (event.key === "-") come(graph, 1 / 1.3);
  else if (event.key === "0") show(graph);
  else if (event.key === "Enter" && chosen) location.assign(chosen.data("href"));
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function show(graph) {
  release(graph);
  graph.fit(undefined, 20);
}

function listen(graph) {
  const marks = document.getElementById("graph-marks");
  marks.append(...graph.nodes().map(node => Object.assign(document.createElement("option"), { value: node.data("label") })));
  const seek = () => {
    const found = find(graph, sought.value);
    if (found) choose(graph, found);
    sought.setAttribute("aria-invalid", String(!found && sought.value.trim() !== ""));
  };
  sought.addEventListener("change", seek);
  sought.addEventListener("keydown", event => event.key === "Enter" && !event.isComposing && seek());
  for (const [id, act] of [["graph-near", () => come(graph, 1.3)], ["graph-far", () => come(graph, 1 / 1.3)], ["graph-all", () => show(graph)]])
    document.getElementById(id).addEventListener("click", act);
  place.addEventListener("keydown", event => press(graph, event));
  graph.on("tap", event => event.target === graph ? release(graph) : event.target.isNode() && choose(graph, event.target));
  graph.on("dbltap", "node", event => location.assign(event.target.data("href")));
  graph.on("zoom", () => graph.style(readStyle(graph.zoom())));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => graph.style(readStyle(graph.zoom())));
}

async function begin() {
  const { default: cytoscape } = await import("./vendor/graph.js");
  const graph = cytoscape({
    container: place,
    elements: readElements(),
    style: readStyle(1),
    layout: { name: "fcose", animate: false, quality: "proof", nodeDimensionsIncludeLabels: rows.length < 60, idealEdgeLength: rows.length < 60 ? 150 : 70, nodeRepulsion: 20000, nodeSeparation: 120 },
    minZoom: 0.1,
    maxZoom: 4,
  });
  listen(graph);
  graph.fit(undefined, 20);
  place.dataset.drawn = graph.nodes().length;
}

if (opener && rows.length) {
  opener.hidden = false;
  opener.addEventListener("toggle", begin, { once: true });
}
