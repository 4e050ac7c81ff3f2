/** Where something stands in the octets that it was read from, so that a view can light it up. */
export interface Place {
  readonly from: number
  /** The first octet behind it. */
  readonly to: number
}
