/** Why the gate closes a connection, as text for the service's log. */
export class Refusal extends Error {}
