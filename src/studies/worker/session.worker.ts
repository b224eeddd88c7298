import { serve } from '../../threads/worker/serve';
import { studyMethods } from './study-methods';

serve(studyMethods());
