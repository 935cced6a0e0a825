// The relations of a case, to be moved about: read from the table that says the same, drawn in the page's colours,
// drawn anew when light turns dark. Loaded with the page, begun when somebody opens it.

const opener = document.getElementById("moving");
const place = document.getElementById("graph");
const rows = [...document.querySelectorAll("#relations tbody tr")];
const shapes = { person: "ellipse", group: "round-rectangle", act: "diamond" };

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

function readStyle() {
  const face = getComputedStyle(document.documentElement);
  const [ink, soft, sheet, tint, act] = ["--ink", "--soft", "--sheet", "--tint", "--act"].map(name => face.getPropertyValue(name).trim());
  const font = { "font-family": face.fontFamily, "font-size": 11, "text-wrap": "wrap", "text-max-width": 120 };
  return [
    { selector: "node", style: { ...font, label: "data(label)", color: ink, "background-color": tint, "border-color": act, "border-width": 1.5, "text-valign": "bottom", "text-margin-y": 4, width: 26, height: 26 } },
    ...Object.entries(shapes).map(([kind, shape]) => ({ selector: `node.${kind}`, style: { shape } })),
    { selector: "edge", style: { ...font, label: "data(label)", color: soft, "line-color": soft, "target-arrow-color": soft, "target-arrow-shape": "triangle", "curve-style": "bezier", width: 1.2, "text-background-color": sheet, "text-background-opacity": 0.9, "text-background-padding": 2 } },
    { selector: ":selected", style: { "border-width": 4 } },
  ];
}

async function begin() {
  const { default: cytoscape } = await import("./vendor/graph.js");
  const graph = cytoscape({
    container: place,
    elements: readElements(),
    style: readStyle(),
    layout: { name: "fcose", animate: false, quality: "proof", nodeDimensionsIncludeLabels: true, idealEdgeLength: 150, nodeRepulsion: 20000, nodeSeparation: 120 },
    minZoom: 0.1,
    maxZoom: 4,
  });
  graph.on("dbltap", "node", event => location.assign(event.target.data("href")));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => graph.style(readStyle()));
  place.dataset.drawn = graph.nodes().length;
}

if (opener && rows.length) {
  opener.hidden = false;
  opener.addEventListener("toggle", begin, { once: true });
}
