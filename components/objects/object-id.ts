/** Which object is shown. */
export interface ObjectId {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}
