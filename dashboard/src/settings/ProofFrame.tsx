import { Button } from 'antd';
import type { ReactNode, Ref } from 'react';

type Props = {
  ref: Ref<HTMLFormElement>;
  /** Of the test identifiers of what is in it. */
  name: string;
  submit: string;
  isDangerous?: boolean;
  isSending: boolean;
  problem: string | undefined;
  onSubmit: () => void;
  /** Beside the button. */
  foot?: ReactNode;
  children: ReactNode;
};

/** The form around what is asked for before something is changed about how a person logs in. */
export function ProofFrame(props: Props) {
  const { ref, name, submit, isDangerous = false, isSending, problem, onSubmit, foot, children } = props;
  return (
    <form
      ref={ref}
      className="proof-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
      <p className="warning" role="alert" data-testid={`${name}-problem`}>
        {problem}
      </p>
      <div className="own-address-foot">
        <Button
          type={isDangerous ? 'default' : 'primary'}
          danger={isDangerous}
          htmlType="submit"
          loading={isSending}
          data-testid={`${name}-submit`}
        >
          {submit}
        </Button>
        {foot}
      </div>
    </form>
  );
}
