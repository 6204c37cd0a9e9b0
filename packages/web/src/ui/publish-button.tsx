interface PublishButtonProps {
  /** The version that it would be. */
  readonly version: number;
  /** Why it cannot be published as it stands; null where it can. */
  readonly why: string | null;
  readonly onPublish: () => void;
}

/** Where this is read, `publish-why` says what hinders. */
export function PublishButton({ version, why, onPublish }: PublishButtonProps) {
  return (
    <>
      <button
        type="button"
        className="btn primary"
        aria-disabled={why !== null}
        aria-describedby={why === null ? undefined : 'publish-why'}
        onClick={() => why === null && onPublish()}
      >
        Publish version {version}
      </button>
      {why !== null && (
        <span id="publish-why" className="why">
          {why}
        </span>
      )}
    </>
  );
}
