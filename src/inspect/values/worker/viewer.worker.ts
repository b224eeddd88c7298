import * as comlink from 'comlink';
import { toResult } from '../../../threads/shared/result';
import { LitescopeError } from '../../../errors';
import type { ValueTensor } from '../../../tensor/values';
import { channelForm, channelPicture, channelRange, type ChannelForm } from './channels';
import type { ValueStatistics } from '../../describe/shared/descriptions';
import { ValueReader } from './value-reader';
import type { ChannelQuestion, DrawnChannel, TensorOverview, ViewerWorker } from '../shared/viewer-protocol';

interface Opened {
  readonly reader: ValueReader;
  readonly statistics: ValueStatistics;
  readonly form: ChannelForm | null;
}

let opened: Opened | null = null;

function current(): Opened {
  if (opened === null) throw new LitescopeError('INTERNAL', 'No tensor was brought yet.');
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
  if (form === null) throw new LitescopeError('INTERNAL', 'This tensor has no channels to draw.');
  const whole = { black: min ?? 0, white: max ?? 0 };
  const channels = Array.from({ length: Math.max(0, Math.min(count, form.channels - first)) }, (_, index) => first + index);
  return Promise.all(channels.map(async (channel) => {
    const values = channelRange(real, form, batch, channel);
    const { data, width, height } = channelPicture(real, form, batch, channel, range === 'tensor' ? whole : values ?? whole);
    return { channel, values, bitmap: await createImageBitmap(new ImageData(data, width, height)) };
  }));
}

const worker: ViewerWorker = {
  open: (tensor) => toResult(() => open(tensor)),
  values: (first, count) => toResult(() => current().reader.page(first, count)),
  async npy() {
    const result = await toResult(() => current().reader.npy());
    return result.ok ? comlink.transfer(result, [result.value]) : result;
  },
  async channels(question) {
    const result = await toResult(() => draw(question));
    return result.ok ? comlink.transfer(result, result.value.map(({ bitmap }) => bitmap)) : result;
  },
  cancel: () => undefined,
};

comlink.expose(worker);
