// A loader for the bundler: a text file as a module. Only `next dev` imports the words of a lab with it, to hear of their changes.
module.exports = (text) => `export default ${JSON.stringify(text)};`;
