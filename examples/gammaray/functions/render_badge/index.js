const COLOURS = { up: '#2da44e', down: '#cf222e' };

const escape = (text) => text.replace(/[<>&"]/g, (c) => `&#${c.charCodeAt(0)};`);

/** GET /badge/{name}?state=up: a small SVG. */
exports.handler = async (event) => {
  const name = escape(event.pathParameters.name);
  const state = (event.queryStringParameters || {}).state === 'down' ? 'down' : 'up';
  const body =
    `<svg xmlns="http://www.w3.org/2000/svg" width="120" height="20">` +
    `<rect width="120" height="20" fill="${COLOURS[state]}"/>` +
    `<text x="8" y="14" fill="#fff" font-size="11">${name}: ${state}</text></svg>`;
  return { statusCode: 200, headers: { 'Content-Type': 'image/svg+xml' }, body };
};
