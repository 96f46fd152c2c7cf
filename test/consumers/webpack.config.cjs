module.exports = {
  mode: 'production',
  entry: './web/app.jsx',
  output: { path: `${__dirname}/out/webpack`, filename: 'app.js' },
  module: {
    rules: [{ test: /\.jsx$/, loader: 'esbuild-loader', options: { jsx: 'automatic', target: 'es2022' } }],
  },
  performance: false,
};
