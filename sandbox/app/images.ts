import type { Image } from '#sandbox/images/image.ts';
import { serviceImage } from '#sandbox/images/service-image.ts';
import { workspaceImage } from '#sandbox/providers/docker/image/workspace-image.ts';
import { SERVICES } from '#sandbox/services/services.ts';

/** Every image that containers are started from. */
export const IMAGES: readonly Image[] = [workspaceImage, ...SERVICES.map(serviceImage)];
