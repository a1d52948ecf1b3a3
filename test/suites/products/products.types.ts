import { Directive, Field, Float, ID, Int, ObjectType } from "type-graphql";

/*
 * The `products` schema of Apollo's federation compatibility suite, in the classes that our subgraphs are made of. Its names and
 * its data are the suite's.
 */

@ObjectType({ simpleResolvers: true })
export class ProductVariation {
  @Field(() => ID)
  readonly id!: string;
}

@ObjectType({ simpleResolvers: true })
@Directive("@shareable")
export class ProductDimension {
  @Field(() => String, { nullable: true })
  readonly size!: string | null;

  @Field(() => Float, { nullable: true })
  readonly weight!: number | null;

  @Field(() => String, { nullable: true })
  @Directive("@inaccessible")
  readonly unit!: string | null;
}

@ObjectType({ simpleResolvers: true })
export class CaseStudy {
  @Field(() => ID)
  readonly caseNumber!: string;

  @Field(() => String, { nullable: true })
  readonly description!: string | null;
}

@ObjectType({ simpleResolvers: true })
@Directive('@key(fields: "study { caseNumber }")')
export class ProductResearch {
  readonly __typename = "ProductResearch";

  @Field(() => CaseStudy)
  readonly study!: CaseStudy;

  @Field(() => String, { nullable: true })
  readonly outcome!: string | null;
}

@ObjectType()
@Directive("@extends")
@Directive('@key(fields: "email")')
export class User {
  readonly __typename = "User";

  @Field(() => Int, { nullable: true })
  @Directive('@requires(fields: "totalProductsCreated yearsOfEmployment")')
  averageProductsCreatedPerYear(): number | null {
    const { totalProductsCreated, yearsOfEmployment } = this;
    return totalProductsCreated === null ? null : Math.round(totalProductsCreated / yearsOfEmployment);
  }

  @Field(() => ID)
  @Directive("@external")
  readonly email!: string;

  @Field(() => String, { nullable: true })
  @Directive('@override(from: "users")')
  readonly name!: string | null;

  @Field(() => Int, { nullable: true })
  @Directive("@external")
  readonly totalProductsCreated!: number | null;

  @Field(() => Int)
  @Directive("@external")
  readonly yearsOfEmployment!: number;

  constructor(fields: Pick<User, "email" | "name" | "totalProductsCreated" | "yearsOfEmployment">) {
    Object.assign(this, fields);
  }
}

@ObjectType({ simpleResolvers: true })
@Directive('@key(fields: "sku package")')
export class DeprecatedProduct {
  readonly __typename = "DeprecatedProduct";

  @Field(() => String)
  readonly sku!: string;

  @Field(() => String)
  readonly package!: string;

  @Field(() => String, { nullable: true })
  readonly reason!: string | null;

  @Field(() => User, { nullable: true })
  readonly createdBy!: User | null;
}

@ObjectType({ simpleResolvers: true })
@Directive("@custom")
@Directive('@key(fields: "id")')
@Directive('@key(fields: "sku package")')
@Directive('@key(fields: "sku variation { id }")')
export class Product {
  readonly __typename = "Product";

  @Field(() => ID)
  readonly id!: string;

  @Field(() => String, { nullable: true })
  readonly sku!: string | null;

  @Field(() => String, { nullable: true })
  readonly package!: string | null;

  @Field(() => ProductVariation, { nullable: true })
  readonly variation!: ProductVariation | null;

  @Field(() => ProductDimension, { nullable: true })
  readonly dimensions!: ProductDimension | null;

  @Field(() => User, { nullable: true })
  @Directive('@provides(fields: "totalProductsCreated")')
  readonly createdBy!: User | null;

  @Field(() => String, { nullable: true })
  @Directive('@tag(name: "internal")')
  readonly notes!: string | null;

  @Field(() => [ProductResearch])
  readonly research!: readonly ProductResearch[];
}

@ObjectType({ simpleResolvers: true })
@Directive("@interfaceObject")
@Directive('@key(fields: "id")')
export class Inventory {
  readonly __typename = "Inventory";

  @Field(() => ID)
  readonly id!: string;

  @Field(() => [DeprecatedProduct])
  readonly deprecatedProducts!: readonly DeprecatedProduct[];
}
