import type { OpenModel } from '../../api';
import { Inspector } from '../../inspect/page/inspector';
import { CrossCheckState } from '../cross-check/cross-check-state.svelte';
import { DecodingChoice } from '../setup/decoding-choice.svelte';
import type { ModelDraft } from '../setup/draft';
import { InputChoices } from '../setup/input-choices.svelte';
import { OpNumberSets } from '../graph/op-number-sets.svelte';
import { OverviewState } from '../overview/overview-state.svelte';
import { OutputsState } from '../comparing/outputs-state.svelte';
import { PairChoice } from '../comparing/pair-choice.svelte';
import type { Pictures } from '../setup/pictures.svelte';
import { ProfileState } from '../profile/profile-state.svelte';
import { RowsState } from '../rows/rows-state.svelte';
import { ReplayState } from '../golden/replay-state.svelte';
import { RunState } from '../result/run-state.svelte';
import { Selection } from './selection.svelte';
import { SignatureChoice } from '../setup/signature-choice.svelte';
import { StateChoice } from '../setup/state-choice.svelte';
import { TensorLook } from '../inspect/tensor-look.svelte';
import { VariantsState } from '../variants/variants-state.svelte';

/** An open model with the choices and the result that belong to it alone. */
export class WorkModel {
  readonly model: OpenModel;
  readonly signature: SignatureChoice;
  readonly inputs: InputChoices;
  readonly decoding: DecodingChoice;
  readonly state: StateChoice;
  readonly overview = new OverviewState();
  readonly run = new RunState();
  readonly replays = new ReplayState();
  readonly rows = new RowsState();
  readonly profile = new ProfileState();
  readonly crossCheck = new CrossCheckState();
  /** How its outputs compare with those of other models. */
  readonly outputs = new OutputsState();
  /** Which two are compared where this one is looked at. */
  readonly pair = new PairChoice();
  readonly look = new TensorLook();
  readonly variants = new VariantsState();
  readonly selection = new Selection();
  /** What the graph can be coloured by besides what follows from the file. */
  readonly opNumbers = new OpNumberSets();
  /** Answers what is asked of the selection. */
  readonly inspector: Inspector;

  constructor(model: OpenModel, pictures: Pictures) {
    this.model = model;
    this.inspector = new Inspector(model.blob);
    this.signature = new SignatureChoice(model);
    this.state = new StateChoice(model, this.signature);
    this.inputs = new InputChoices(model, pictures, this.signature, this.state);
    this.decoding = new DecodingChoice(model, this.signature);
  }

  /** What was set up, and can be set up again when the model is. */
  get draft(): ModelDraft {
    return { signature: this.signature.draft, decoding: this.decoding.draft, inputs: this.inputs.draft, state: this.state.draft };
  }

  restore({ signature, decoding, inputs, state }: ModelDraft): void {
    this.signature.restore(signature);
    this.decoding.restore(decoding);
    this.inputs.restore(inputs);
    this.state.restore(state);
  }

  /** Ends the workers that answer for this model. */
  close(): void {
    this.inspector.close();
    this.look.close();
    this.variants.samples.clear();
  }
}
