using Quartier.Contracts.Readings;
using Quartier.Storage.Annotations;
using Quartier.Storage.Corrections;
using Quartier.Storage.Journals;
using Quartier.Storage.Retention;

namespace Quartier.Storage.Readings;

/// <summary>The port: judges, journals and answers.</summary>
internal sealed partial class ReadingStore(StoreCore core, Sealer sealer) : IReadingStore
{
    private const int MostRetentionDays = 36_525;
    private const int MostRangeReadings = 100_000;

    [ThreadStatic]
    private static RecordWriter? t_records;

    private readonly SealedReadings _sealed = new(core.Partitions);
    private readonly ShownReadings _shown = new(core.Partitions, new SealedReadings(core.Partitions));
    private readonly AnnotatedTimes _times = new(core.Partitions, new SealedReadings(core.Partitions));
    private readonly HistoryBudget _history = new(core.Options.HistoryBytes);

    /// <inheritdoc/>
    public StoreHealth Health
    {
        get
        {
            return new StoreHealth(
                core.Journal.Failure is null && !sealer.IsOverwhelmed, StoreProblem.Of(core.Journal, sealer), core.SetAside.Entries, core.Journal.Segments.UsedBytes, sealer.UnsealedReadings);
        }
    }

    /// <inheritdoc/>
    public int Register(DatastreamKey key, TimeSpan retention)
    {
        var days = (int)Math.Ceiling(retention.TotalDays);
        if (retention < TimeSpan.FromDays(1) || days > MostRetentionDays)
        {
            throw new ArgumentOutOfRangeException(nameof(retention), retention, $"Retention is 1 … {MostRetentionDays} days.");
        }

        var stream = core.Datastreams.GetOrAdd(key);
        lock (stream.Gate)
        {
            core.Journal.EnsureAccepting();
            if (stream.SetRetention(days))
            {
                sealer.EnqueueStale(stream);
                var records = Records();
                records.AddDatastream(stream.Number, key, days);
                stream.LastTicket = core.Journal.Append(records.Finish(), int.MaxValue);
            }
        }

        return stream.Number;
    }

    /// <inheritdoc/>
    public int? Find(DatastreamKey key) => core.Datastreams.Find(key)?.Number;

    /// <inheritdoc/>
    public long Append(int datastream, ReadOnlySpan<Reading> readings, Span<AppendOutcome> outcomes)
    {
        var stream = core.Datastreams[datastream];
        var records = Records();
        var (grown, duplicates, contradictions, stored) = (0, 0, 0, 0);
        lock (stream.Gate)
        {
            core.Journal.EnsureAccepting();
            var position = core.Journal.End;
            for (var i = 0; i < readings.Length; i++)
            {
                var outcome = stream.Append(Normal(readings[i]), position, records, out var block);
                outcomes[i] = outcome;
                stored += outcome == AppendOutcome.Stored ? 1 : 0;
                duplicates += outcome == AppendOutcome.Duplicate ? 1 : 0;
                contradictions += outcome == AppendOutcome.Contradicted ? 1 : 0;
                if (block is not null)
                {
                    grown++;
                    QueueWhenDue(stream, block);
                }

                if (records.Length > core.Journal.MostAppendBytes / 2)
                {
                    Journal(stream, records);
                }
            }

            if (records.Length > 0)
            {
                Journal(stream, records);
            }

            sealer.CountUnsealed(grown);
            core.Counters.AddOutcomes(stored, duplicates, contradictions);
            return stream.LastTicket > core.Journal.Durable ? stream.LastTicket : 0;
        }
    }

    /// <inheritdoc/>
    public long Annotate(int datastream, in Reading reading, Annotation annotation, out AppendOutcome outcome)
    {
        var stream = core.Datastreams[datastream];
        var normal = Normal(reading);
        var row = new AnnotationRow(normal.TimeMs, normal.Value, AnnotationCodec.Encode(annotation));
        CheckLength(row.Data);
        var records = Records();
        lock (stream.Gate)
        {
            core.Journal.EnsureAccepting();
            outcome = stream.Annotate(normal, row, core.Journal.End, records, out var grown);
            if (grown is not null)
            {
                QueueWhenDue(stream, grown);
            }

            if (records.Length > 0)
            {
                Journal(stream, records);
            }

            sealer.CountUnsealed(grown is null ? 0 : 1);
            core.Counters.AddOutcomes(
                outcome == AppendOutcome.Stored ? 1 : 0, outcome == AppendOutcome.Duplicate ? 1 : 0, outcome == AppendOutcome.Contradicted ? 1 : 0);
            return stream.LastTicket > core.Journal.Durable ? stream.LastTicket : 0;
        }
    }

    /// <inheritdoc/>
    public bool IsAnnotated(int datastream)
    {
        var stream = core.Datastreams[datastream];
        lock (stream.Gate)
        {
            return stream.AnnotatedExpiryDay > 0 || stream.Corrected.ExpiryDay > 0;
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredAnnotation>> AnnotationsAsync(int datastream, long fromMs, long toMs, CancellationToken cancellationToken)
    {
        var stream = core.Datastreams[datastream];
        return toMs <= fromMs || !IsAnnotated(datastream)
            ? new ValueTask<IReadOnlyList<StoredAnnotation>>([])
            : OffloadAsync(() => _shown.Annotations(stream, fromMs, toMs), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<TimesFound> TimesAsync(int datastream, long fromMs, long toMs, CancellationToken cancellationToken)
    {
        var stream = core.Datastreams[datastream];
        return toMs <= fromMs
            ? new ValueTask<TimesFound>(new TimesFound(null, toMs, 0))
            : OffloadAsync(() => _times.Find(stream, fromMs, toMs), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask LoadAsync(int datastream, long fromMs, long toMs, CancellationToken cancellationToken)
    {
        var stream = core.Datastreams[datastream];
        lock (stream.Gate)
        {
            if (toMs <= fromMs || (stream.CanJudge(fromMs) && stream.CanJudge(toMs - 1)))
            {
                return default;
            }
        }

        return new ValueTask(OffloadAsync(() => Load(stream, fromMs, toMs, cancellationToken), cancellationToken).AsTask());
    }

    /// <inheritdoc/>
    public ValueTask WhenDurable(long ticket) => core.Journal.WhenDurable(ticket);

    /// <inheritdoc/>
    public ValueTask<Reading?> LatestAsync(int datastream, CancellationToken cancellationToken)
    {
        var stream = core.Datastreams[datastream];
        lock (stream.Gate)
        {
            if (stream.Latest is not { } latest || !stream.Corrected.Reaches(latest.TimeMs))
            {
                return new ValueTask<Reading?>(stream.Latest);
            }
        }

        return OffloadAsync(() => _shown.Latest(stream), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Reading>> RangeAsync(int datastream, long fromMs, long toMs, int limit, CancellationToken cancellationToken)
    {
        var stream = core.Datastreams[datastream];
        return IsEmpty(fromMs, toMs, limit)
            ? new ValueTask<IReadOnlyList<Reading>>([])
            : OffloadAsync(() => _shown.Range(stream, fromMs, toMs, limit), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Reading>> RangeBackAsync(int datastream, long fromMs, long toMs, int limit, CancellationToken cancellationToken)
    {
        var stream = core.Datastreams[datastream];
        return IsEmpty(fromMs, toMs, limit)
            ? new ValueTask<IReadOnlyList<Reading>>([])
            : OffloadAsync(() => _shown.RangeBack(stream, fromMs, toMs, limit), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<AggregateRow>> AggregateAsync(
        int datastream, long fromMs, long toMs, long windowMs, long originMs, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(windowMs, 1);
        var stream = core.Datastreams[datastream];
        return toMs <= fromMs
            ? new ValueTask<IReadOnlyList<AggregateRow>>([])
            : OffloadAsync(() => _shown.Aggregate(stream, new AggregateRange(fromMs, toMs, windowMs, originMs)), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<DeletionManifest> DeleteExpiredAsync(long nowMs, CancellationToken cancellationToken)
    {
        var expiry = new Expiry(core, sealer, _sealed);
        return OffloadAsync(() => expiry.DeleteBefore(EventDay.Of(nowMs)), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<StoreManifest> ManifestAsync(CancellationToken cancellationToken) => OffloadAsync(Manifest, cancellationToken);

    private static bool IsEmpty(long fromMs, long toMs, int limit)
    {
        if (limit is < 1 or > MostRangeReadings)
        {
            throw new ArgumentOutOfRangeException(nameof(limit), limit, $"The limit is 1 … {MostRangeReadings}.");
        }

        return toMs <= fromMs;
    }

    private static RecordWriter Records()
    {
        var records = t_records ??= new RecordWriter();
        records.Clear();
        return records;
    }

    // -0 and 0 are one value; derived quality is never stored.
    private static Reading Normal(in Reading reading)
    {
        if (!double.IsFinite(reading.Value) || reading.TimeMs is < EventDay.EarliestMs or > EventDay.LatestMs)
        {
            throw new ArgumentOutOfRangeException(nameof(reading), reading, "A reading's value is finite and its time lies in the years 1 … 9799.");
        }

        return new Reading(reading.TimeMs, reading.Value + 0.0, reading.Quality & Merging.StoredBits);
    }

    private void Journal(Datastream stream, RecordWriter records)
    {
        var bytes = records.Finish();
        stream.LastTicket = core.Journal.Append(bytes, records.FirstExpiryDay);
        records.Clear();
    }

    private void CheckLength(byte[] annotation)
    {
        var most = Math.Min(Annotation.MostBytes, core.Journal.MostAppendBytes - RecordWriter.MostReadingBytes);
        if (annotation.Length > most)
        {
            throw new ArgumentOutOfRangeException(nameof(annotation), annotation.Length, $"An annotation has at most {most} bytes.");
        }
    }

    private void QueueWhenDue(Datastream stream, OpenBlock block)
    {
        if (block.Active.Length >= core.Options.BlockReadings)
        {
            sealer.Enqueue(stream, block);
        }

        if (block.Active.Length > 1 || stream.Open.Length == 1)
        {
            return;
        }

        // The first reading of another day: the days before it are over.
        foreach (var other in stream.Open)
        {
            if (other.ExpiryDay < block.ExpiryDay && !other.Active.IsEmpty)
            {
                sealer.Enqueue(stream, other);
            }
        }
    }

    private void Load(Datastream stream, long fromMs, long toMs, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int version;
            lock (stream.Gate)
            {
                version = stream.SealedVersion;
            }

            var window = _sealed.Load(stream, fromMs, toMs);
            lock (stream.Gate)
            {
                if (!stream.TryKeep(window, version))
                {
                    continue;
                }
            }

            _history.Add(stream, window);
            return;
        }
    }

    private StoreManifest Manifest() => new(
        [.. core.Partitions.Days.Select(core.Partitions.Describe)],
        sealer.UnsealedReadings,
        core.Journal.Segments.UsedBytes,
        core.Datastreams.Count);

    private ValueTask<T> OffloadAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return core.Options.Inline ? new ValueTask<T>(work()) : new ValueTask<T>(Task.Run(work, cancellationToken));
    }

    private ValueTask<int> OffloadAsync(Action work, CancellationToken cancellationToken) => OffloadAsync(
        () =>
        {
            work();
            return 0;
        },
        cancellationToken);
}
