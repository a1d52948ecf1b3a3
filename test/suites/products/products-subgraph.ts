import { Arg, Directive, ID, Query, Resolver } from "type-graphql";
import type { ReferenceResolver, ReferenceResolvers, Representation } from "../../../src/graph/entities.js";
import { buildSubgraph, type Subgraph } from "../../../src/graph/subgraph.js";
import { DeprecatedProduct, Inventory, Product, type ProductResearch, User } from "./products.types.js";

const USER = new User({
  email: "support@apollographql.com",
  name: "Jane Smith",
  totalProductsCreated: 1337,
  yearsOfEmployment: 10,
});

const DIMENSIONS = { size: "small", weight: 1, unit: "kg" };

const RESEARCH: readonly ProductResearch[] = [
  { __typename: "ProductResearch", study: { caseNumber: "1234", description: "Federation Study" }, outcome: null },
  { __typename: "ProductResearch", study: { caseNumber: "1235", description: "Studio Study" }, outcome: null },
];

const PRODUCTS: readonly Product[] = [
  product("apollo-federation", "federation", "@apollo/federation", "OSS", RESEARCH.slice(0, 1)),
  product("apollo-studio", "studio", "", "platform", RESEARCH.slice(1)),
];

const DEPRECATED: DeprecatedProduct = {
  __typename: "DeprecatedProduct",
  sku: "apollo-federation-v1",
  package: "@apollo/federation-v1",
  reason: "Migrate to Federation V2",
  createdBy: USER,
};

const INVENTORY: Inventory = { __typename: "Inventory", id: "apollo-oss", deprecatedProducts: [DEPRECATED] };

@Resolver()
class ProductsResolver {
  @Query(() => Product, { nullable: true })
  product(@Arg("id", () => ID) id: string): Product | null {
    return PRODUCTS.find((candidate) => candidate.id === id) ?? null;
  }

  @Query(() => DeprecatedProduct, { nullable: true, deprecationReason: "Use product query instead" })
  deprecatedProduct(
    @Arg("sku", () => String) sku: string,
    @Arg("package", () => String) itsPackage: string,
  ): DeprecatedProduct | null {
    return sku === DEPRECATED.sku && itsPackage === DEPRECATED.package ? DEPRECATED : null;
  }

  /** Makes the entity part of the schema: no other field leads to it. */
  @Query(() => Inventory, { nullable: true })
  @Directive("@inaccessible")
  anyInventory(): Inventory {
    return INVENTORY;
  }
}

/** The suite's `products` subgraph, made by the same factory as the gateway's own. */
export function buildProductsSubgraph(): Subgraph {
  return buildSubgraph({
    resolvers: [ProductsResolver],
    references: REFERENCES,
    // The suite knows no later version.
    federationVersion: "v2.3",
    directives: [
      "@composeDirective",
      "@extends",
      "@external",
      "@key",
      "@inaccessible",
      "@interfaceObject",
      "@override",
      "@provides",
      "@requires",
      "@shareable",
      "@tag",
    ],
    prelude: `extend schema @link(url: "https://myspecs.dev/myCustomDirective/v1.0", import: ["@custom"]) @composeDirective(name: "@custom")

directive @custom on OBJECT`,
    descriptions: { Query: "The suite's products.", Mutation: "" },
  });
}

const REFERENCES: ReferenceResolvers<unknown> = {
  Product: each((representation) => PRODUCTS.find((candidate) => isSame(candidate, representation)) ?? null),
  DeprecatedProduct: each((representation) => (isSame(DEPRECATED, representation) ? DEPRECATED : null)),
  ProductResearch: each((representation) => RESEARCH.find((candidate) => isSame(candidate, representation)) ?? null),
  Inventory: each((representation) => (isSame(INVENTORY, representation) ? INVENTORY : null)),
  User: each((representation) =>
    representation["email"] === USER.email ? new User({ ...USER, ...known(representation) }) : null,
  ),
};

function each(find: (representation: Representation) => object | null): ReferenceResolver<unknown> {
  return (representations) => representations.map(find);
}

/** Whether an object has all that a representation says of it. */
function isSame(candidate: object, representation: Representation): boolean {
  return Object.entries(representation).every(([name, value]) => {
    const own: unknown = Reflect.get(candidate, name);
    return typeof value === "object" && value !== null && typeof own === "object" && own !== null
      ? isSame(own, { ...value })
      : own === value;
  });
}

/** What the router has fetched from the user's own subgraph for us. */
function known({ totalProductsCreated, yearsOfEmployment }: Representation): Partial<User> {
  return {
    ...(typeof totalProductsCreated === "number" && { totalProductsCreated }),
    ...(typeof yearsOfEmployment === "number" && { yearsOfEmployment }),
  };
}

function product(
  id: string,
  sku: string,
  itsPackage: string,
  variation: string,
  research: readonly ProductResearch[],
): Product {
  return {
    __typename: "Product",
    id,
    sku,
    package: itsPackage,
    variation: { id: variation },
    dimensions: DIMENSIONS,
    createdBy: USER,
    notes: null,
    research,
  };
}
