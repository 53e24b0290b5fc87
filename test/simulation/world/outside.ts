import type { Documents, Provisioning } from '../../../shared/ports.ts';
import type { World } from './world.ts';

export type Announced = Parameters<Provisioning['announce']>[0] & { readonly at: number };

/** Whom the product talks to beside the processor and SES: who keeps PDFs, and switches services. */
export class Outside {
  readonly announced: Announced[] = [];
  readonly objects = new Map<string, Uint8Array>();
  readonly documents: Pick<Documents, 'storeOnce' | 'load'>;
  readonly provisioning: Provisioning;

  constructor(world: World) {
    const { machine } = world;
    const bucketFails = () => new Error('S3 is silent');
    this.documents = {
      storeOnce: (key, bytes) => machine.point(`bucket.PUT ${key}`, () => this.#storeOnce(key, bytes), bucketFails),
      load: (key) => machine.point(`bucket.GET ${key}`, () => this.objects.get(key), bucketFails),
    };
    this.provisioning = {
      announce: (event) =>
        machine.point(
          `provisioning.${event.action}`,
          () => void this.announced.push({ ...event, at: machine.now() }),
          () => new Error('EventBridge did not take it'),
        ),
    };
  }
  #storeOnce(key: string, bytes: Uint8Array): 'written' | 'already-done' {
    if (this.objects.has(key)) return 'already-done';
    this.objects.set(key, bytes);
    return 'written';
  }
}
