// The text of the catalog that ships with the product.
export { default as shippedCatalog } from '../../catalog.yaml?raw';
