/**
 * What services are made of, and how a machine or an engine comes by it.
 */
import type { FetchOptions } from '#sandbox/artifacts/fetch-options.ts';
import type { ServiceImage } from '#sandbox/images/service-image.ts';

/** `Software` is for the service alone: a provider hands it on and never looks inside. */
export interface SoftwareSource<Software = unknown> {
  /** Names the image, and what belongs to the service in an engine: `kafka`. */
  name: string;
  /**
   * Brings it to this machine, when it is not there yet.
   * @throws PlatformError SERVICE_NOT_READY saying what is missing and the command that mends it
   */
  fetch(options: FetchOptions): Promise<Software>;
  /** What its containers are started from. */
  image: ServiceImage;
  /** Where the image holds it. An image of your own must hold the same. */
  inImage: Software;
}
