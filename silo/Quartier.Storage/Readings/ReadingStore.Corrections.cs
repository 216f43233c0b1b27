using Quartier.Contracts.Readings;
using Quartier.Storage.Annotations;
using Quartier.Storage.Corrections;

namespace Quartier.Storage.Readings;

/// <summary>Corrections, and what was received beside what holds.</summary>
internal sealed partial class ReadingStore
{
    /// <inheritdoc/>
    public async ValueTask<long?> CorrectAsync(int datastream, long timeMs, Correction correction, CancellationToken cancellationToken)
    {
        var stream = core.Datastreams[datastream];
        if (!double.IsFinite(correction.Value))
        {
            throw new ArgumentOutOfRangeException(nameof(correction), correction.Value, "A corrected value is finite.");
        }

        while (true)
        {
            await LoadAsync(datastream, timeMs, timeMs + 1, cancellationToken).ConfigureAwait(false);
            var known = IsCorrected(datastream, timeMs)
                ? await OffloadAsync(() => _shown.CorrectionRows(stream, timeMs, timeMs + 1), cancellationToken).ConfigureAwait(false)
                : [];
            var normal = correction with { Value = correction.Value + 0.0, Quality = correction.Quality & Merging.StoredBits };
            var row = CorrectionCodec.Encode(timeMs, known is [var last] ? (long)last.Value + 1 : 1, normal);
            CheckLength(row.Data);
            if (TryCorrect(stream, row, out var ticket))
            {
                return ticket;
            }
        }
    }

    /// <inheritdoc/>
    public bool IsCorrected(int datastream, long fromMs) => ShownReadings.MayDiffer(core.Datastreams[datastream], fromMs);

    /// <inheritdoc/>
    public Reading? LastReceived(int datastream)
    {
        var stream = core.Datastreams[datastream];
        lock (stream.Gate)
        {
            return stream.Latest;
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Reading>> ReceivedAsync(int datastream, long fromMs, long toMs, int limit, CancellationToken cancellationToken)
    {
        var stream = core.Datastreams[datastream];
        return IsEmpty(fromMs, toMs, limit)
            ? new ValueTask<IReadOnlyList<Reading>>([])
            : OffloadAsync(() => _sealed.Range(stream, fromMs, toMs, limit), cancellationToken);
    }

    // False when the history around the time has left memory meanwhile.
    private bool TryCorrect(Datastream stream, AnnotationRow row, out long? ticket)
    {
        var records = Records();
        var today = EventDay.Of(core.Time.GetUtcNow().ToUnixTimeMilliseconds());
        lock (stream.Gate)
        {
            core.Journal.EnsureAccepting();
            ticket = null;
            if (stream.Correct(row, today, core.Journal.End, records, out var grown) is not true and var isKnown)
            {
                return isKnown is false;
            }

            if (grown is not null)
            {
                QueueWhenDue(stream, grown);
            }

            Journal(stream, records);
            sealer.CountUnsealed(grown is null ? 0 : 1);
            ticket = stream.LastTicket > core.Journal.Durable ? stream.LastTicket : 0;
            return true;
        }
    }
}
