export function PhoneMark() {
  return (
    <svg className="phone-mark" viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
      <path d="M6.6 2.5 10 3.6l.8 4.6-2.3 1.9a13 13 0 0 0 5.4 5.4l1.9-2.3 4.6.8 1.1 3.4-2.6 3.9C9.7 22.5 1.5 14.3 2.7 5.1Z" />
    </svg>
  );
}
