using Quartier.Contracts.Readings;

namespace SensorThings.Tests;

/// <summary>The store of readings on a disk that is full until it is let go, or gone.</summary>
internal sealed class HeldReadings(IReadingStore store) : IReadingStore
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _space = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Somebody waits for the disk.</summary>
    public Task Asked => _asked.Task;

    public StoreHealth Health => store.Health;

    public void Release() => _space.TrySetResult();

    public void Lose() => _space.TrySetException(new StoreException("The power is gone."));

    public async ValueTask WhenDurable(long ticket)
    {
        _asked.TrySetResult();
        await _space.Task;
        await store.WhenDurable(ticket);
    }

    public int Register(DatastreamKey key, TimeSpan retention) => store.Register(key, retention);

    public int? Find(DatastreamKey key) => store.Find(key);

    public long Append(int datastream, ReadOnlySpan<Reading> readings, Span<AppendOutcome> outcomes) => store.Append(datastream, readings, outcomes);

    public long Annotate(int datastream, in Reading reading, Annotation annotation, out AppendOutcome outcome) => store.Annotate(datastream, reading, annotation, out outcome);

    public ValueTask<long?> CorrectAsync(int datastream, long timeMs, Correction correction, CancellationToken cancellationToken) =>
        store.CorrectAsync(datastream, timeMs, correction, cancellationToken);

    public bool IsCorrected(int datastream, long fromMs) => store.IsCorrected(datastream, fromMs);

    public ValueTask<IReadOnlyList<Reading>> ReceivedAsync(int datastream, long fromMs, long toMs, int limit, CancellationToken cancellationToken) =>
        store.ReceivedAsync(datastream, fromMs, toMs, limit, cancellationToken);

    public Reading? LastReceived(int datastream) => store.LastReceived(datastream);

    public bool IsAnnotated(int datastream) => store.IsAnnotated(datastream);

    public ValueTask<IReadOnlyList<StoredAnnotation>> AnnotationsAsync(int datastream, long fromMs, long toMs, CancellationToken cancellationToken) =>
        store.AnnotationsAsync(datastream, fromMs, toMs, cancellationToken);

    public ValueTask<TimesFound> TimesAsync(int datastream, long fromMs, long toMs, CancellationToken cancellationToken) =>
        store.TimesAsync(datastream, fromMs, toMs, cancellationToken);

    public ValueTask LoadAsync(int datastream, long fromMs, long toMs, CancellationToken cancellationToken) => store.LoadAsync(datastream, fromMs, toMs, cancellationToken);

    public ValueTask<Reading?> LatestAsync(int datastream, CancellationToken cancellationToken) => store.LatestAsync(datastream, cancellationToken);

    public ValueTask<IReadOnlyList<Reading>> RangeAsync(int datastream, long fromMs, long toMs, int limit, CancellationToken cancellationToken) =>
        store.RangeAsync(datastream, fromMs, toMs, limit, cancellationToken);

    public ValueTask<IReadOnlyList<Reading>> RangeBackAsync(int datastream, long fromMs, long toMs, int limit, CancellationToken cancellationToken) =>
        store.RangeBackAsync(datastream, fromMs, toMs, limit, cancellationToken);

    public ValueTask<IReadOnlyList<AggregateRow>> AggregateAsync(
        int datastream, long fromMs, long toMs, long windowMs, long originMs, CancellationToken cancellationToken) =>
        store.AggregateAsync(datastream, fromMs, toMs, windowMs, originMs, cancellationToken);

    public ValueTask<DeletionManifest> DeleteExpiredAsync(long nowMs, CancellationToken cancellationToken) => store.DeleteExpiredAsync(nowMs, cancellationToken);

    public ValueTask<StoreManifest> ManifestAsync(CancellationToken cancellationToken) => store.ManifestAsync(cancellationToken);
}
