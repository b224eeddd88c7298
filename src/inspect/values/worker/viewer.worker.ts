import { transfer } from 'comlink';
import { LitescopeError } from '../../../errors';
import { inspect as text } from '../../../messages/inspect';
import type { ValueTensor } from '../../../tensor/values';
import { serve } from '../../../threads/worker/serve';
import { channelForm, channelPicture, channelRange } from './channels';
import type { ChannelForm } from '../shared/channel-types';
import type { ValuePage, ValueStatistics } from '../../describe/shared/descriptions';
import { ValueReader } from './value-reader';
import type { ChannelQuestion, DrawnChannel, TensorOverview } from '../shared/viewer-types';

interface Opened {
  readonly reader: ValueReader;
  readonly statistics: ValueStatistics;
  readonly form: ChannelForm | null;
}

let opened: Opened | null = null;

function current(): Opened {
  if (opened === null) throw new LitescopeError('INTERNAL', text.noTensorBrought);
  return opened;
}

function open(tensor: ValueTensor): TensorOverview {
  const reader = new ValueReader(tensor);
  const [statistics, form] = [reader.statistics(), channelForm(tensor.shape)];
  opened = { reader, statistics, form };
  return { statistics, form };
}

async function draw({ batch, first, count, range }: ChannelQuestion): Promise<DrawnChannel[]> {
  const { reader: { real }, statistics: { min, max }, form } = current();
  if (form === null) throw new LitescopeError('INTERNAL', text.noChannels);
  const whole = { black: min ?? 0, white: max ?? 0 };
  const channels = Array.from({ length: Math.max(0, Math.min(count, form.channels - first)) }, (_, index) => first + index);
  return Promise.all(channels.map(async (channel) => {
    const values = channelRange(real, form, batch, channel);
    const { data, width, height } = channelPicture(real, form, batch, channel, range === 'tensor' ? whole : values ?? whole);
    return { channel, values, bitmap: await createImageBitmap(new ImageData(data, width, height)) };
  }));
}

/** One tensor, moved in once. Nothing here stops half way: a worker that is too long at it is ended. */
const methods = {
  /** The tensor's data are moved to the worker. */
  open,
  values: ({ first, count }: { readonly first: number; readonly count: number }): ValuePage => current().reader.page(first, count),
  /** A `.npy` file of the values as stored; moved to the page. */
  npy(): ArrayBuffer {
    const file = current().reader.npy();
    return transfer(file, [file]);
  },
  /** Channels from `first` on, as many as there are of `count`. */
  async channels(question: ChannelQuestion): Promise<readonly DrawnChannel[]> {
    const drawn = await draw(question);
    return transfer(drawn, drawn.map(({ bitmap }) => bitmap));
  },
};

export type ViewerMethods = typeof methods;

serve(methods);
