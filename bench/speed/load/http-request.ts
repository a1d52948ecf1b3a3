/** A POST of a GraphQL request, as bytes. What it holds has to be ASCII. */
export function graphqlRequest(query: string, variables: object): string {
  const body = JSON.stringify({ query, variables });
  return `POST /graphql HTTP/1.1\r\nhost: localhost\r\naccept: application/json\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
}

export function getRequest(target: string): string {
  return `GET ${target} HTTP/1.1\r\nhost: localhost\r\n\r\n`;
}
