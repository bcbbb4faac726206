/**
 * The software of a service, and how a machine or an engine obtains it.
 */
import type { FetchOptions } from '#sandbox/artifacts/fetch-options.ts';
import type { ServiceImage } from '#sandbox/images/service-image.ts';

/** `Software` is only for the service: a provider passes it on and never inspects it. */
export interface SoftwareSource<Software = unknown> {
  /** Names the image, and the service's objects in an engine: `kafka`. */
  name: string;
  /**
   * Fetches it to this machine unless it is already here.
   * @throws PlatformError SERVICE_NOT_READY naming what is missing and the command that fixes it
   */
  fetch(options: FetchOptions): Promise<Software>;
  /** The image that its containers are started from. */
  image: ServiceImage;
  /** Where the image holds it. A custom image must hold it at the same places. */
  inImage: Software;
}
