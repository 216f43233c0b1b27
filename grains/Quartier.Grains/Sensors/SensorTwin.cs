using System.Collections.Immutable;
using Quartier.Contracts.Readings;
using Quartier.Contracts.Sensors;
using Quartier.Domain.Judgement;
using Quartier.Domain.Rules;

namespace Quartier.Grains.Sensors;

/// <summary>
/// A sensor's live state and what readings do to it. Synchronous throughout: the grain around it does the waiting. After a restart the same
/// object is filled from a snapshot and the stored readings behind it (<see cref="Replay"/>), and goes on as if nothing had happened.
/// </summary>
internal sealed class SensorTwin
{
    /// <summary>Readings appended at once: what fits on the stack without a thought.</summary>
    private const int MaxRun = 64;

    private readonly DatastreamTwin[] _streams;
    private readonly RuleState[] _rules;
    private SensorCounts _counts;

    private SensorTwin(SensorPlan plan, DatastreamTwin[] streams, RuleState[] rules, SensorCounts counts)
    {
        Plan = plan;
        _streams = streams;
        _rules = rules;
        _counts = counts;
    }

    /// <summary>What is registered.</summary>
    public SensorPlan Plan { get; private set; }

    /// <summary>Samples judged since the last snapshot: what a restart would have to replay, or could not know.</summary>
    public int SinceSnapshot { get; private set; }

    /// <summary>Greatest time heard, or null.</summary>
    public long? NewestMs => _streams.Max(s => s.Order.NewestMs);

    /// <summary>The books.</summary>
    public SensorBooks Books => _counts.Books();

    /// <summary>The state for readers.</summary>
    public SensorState State => new(Plan.Version, [.. _streams.Select(s => s.State())]);

    /// <summary>Takes up a plan that says the same under another version of the registry.</summary>
    public void Renew(SensorPlan plan) => Plan = plan;

    /// <summary>A twin as it was when the snapshot was taken.</summary>
    /// <param name="key">Key of its grain.</param>
    /// <param name="plan">What is registered now.</param>
    /// <param name="ports">The store gives datastreams their numbers; alerts of rules that went away count as resolved by the silo's clock.</param>
    /// <param name="snapshot">What was kept; datastreams and rules that are no longer registered are left out.</param>
    /// <param name="previous">The plan by which it was kept, when it is another one.</param>
    /// <param name="effects">Resolved alerts are appended.</param>
    public static SensorTwin Restore(
        string key, SensorPlan plan, SensorPorts ports, SensorSnapshot snapshot, SensorPlan? previous, Effects effects)
    {
        var datastreams = plan.Definition.Datastreams;
        var streams = new DatastreamTwin[datastreams.Length];
        for (var i = 0; i < streams.Length; i++)
        {
            var number = ports.Store.Register(
                new(key, datastreams[i].Property), TimeSpan.FromDays(datastreams[i].RetentionDays));
            var known = snapshot.Datastreams.FirstOrDefault(d => string.Equals(d.Property, datastreams[i].Property, StringComparison.Ordinal));
            streams[i] = known is null ? DatastreamTwin.Of(number) : DatastreamTwin.Restore(number, datastreams[i], known);
        }

        var kept = IsMoved(plan, snapshot) ? RuleSet.Calmed(snapshot.Rules) : snapshot.Rules;
        var rules = plan.Rules.Restore(kept, plan, ports.Now, previous?.Rules, effects.Alerts);
        return new(plan, streams, rules, SensorCounts.Restore(snapshot.Books));
    }

    /// <summary>Whether the sensor belongs to another district than when the snapshot was taken, where its alerts have been left behind.</summary>
    public static bool IsMoved(SensorPlan plan, SensorSnapshot snapshot) =>
        snapshot.District is { } before && !string.Equals(before, plan.Definition.District, StringComparison.Ordinal);

    /// <summary>The store's number of a datastream.</summary>
    public int NumberOf(int datastream) => _streams[datastream].Number;

    /// <summary>Watermark of a datastream, or null before its first reading.</summary>
    public long? WatermarkOf(int datastream) => _streams[datastream].Order.WatermarkMs;

    /// <summary>What to keep for a restart.</summary>
    public SensorSnapshot Save()
    {
        SinceSnapshot = 0;
        var datastreams = ImmutableArray.CreateBuilder<DatastreamSnapshot>();
        var waiting = 0L;
        for (var i = 0; i < _streams.Length; i++)
        {
            waiting += _streams[i].Order.Waiting;
            if (_streams[i].Save(Plan.Definition.Datastreams[i].Property) is { } kept)
            {
                datastreams.Add(kept);
            }
        }

        return new()
        {
            Datastreams = datastreams.ToImmutable(),
            Rules = Plan.Rules.Save(_rules),
            Books = _counts.Books(waiting),
            District = Plan.Definition.District,
        };
    }

    /// <summary>A snapshot could not be saved: what it held is to be replayed after a restart as before.</summary>
    public void NoteUnsaved(int sinceSnapshot) => SinceSnapshot += sinceSnapshot;

    /// <summary>Appends readings whose history has been loaded. Meanwhile the watermark may have passed them.</summary>
    /// <exception cref="StoreException">The store asks for the same history again, or cannot serve.</exception>
    public void Settle(ref IngestProgress progress, List<Reading> readings, IReadingStore store, Effects effects)
    {
        if (readings.Count == 0)
        {
            return;
        }

        var datastream = progress.HistoryOf;
        if (progress.UnsettledAnnotation is { } annotation)
        {
            Annotate(ref progress, datastream, WithLateness(datastream, readings[0]), annotation, store, effects);
        }
        else
        {
            Append(ref progress, datastream, [.. readings.Select(r => WithLateness(datastream, r))], store, effects);
        }

        if (progress.Unsettled?.Count == readings.Count)
        {
            throw new StoreException($"The history of {Plan.SubjectKey} was loaded, but the store still asks for it.");
        }
    }

    /// <summary>Judges, appends and takes the samples of a batch; false when history must be loaded before it can go on.</summary>
    public bool Advance(ref IngestProgress progress, IReadingStore store, Effects effects)
    {
        Span<Reading> run = stackalloc Reading[MaxRun];
        var samples = progress.Batch.Samples.AsSpan();
        while (progress.Unsettled is null && progress.Next < samples.Length)
        {
            var datastream = samples[progress.Next].Datastream;
            if (progress.Next == progress.PlainUntil)
            {
                AdvanceAnnotated(ref progress, samples[progress.Next], store, effects);
                continue;
            }

            var length = NextRun(ref progress, samples[..progress.PlainUntil], run);
            if (length > 0)
            {
                Append(ref progress, datastream, run[..length], store, effects);
            }
        }

        return progress.Unsettled is null;
    }

    /// <summary>Appends readings of one datastream, in order of time, and takes those that are new.</summary>
    public void Append(ref IngestProgress progress, int datastream, ReadOnlySpan<Reading> readings, IReadingStore store, Effects effects)
    {
        Span<AppendOutcome> outcomes = stackalloc AppendOutcome[readings.Length];
        progress.Ticket = Math.Max(progress.Ticket, store.Append(_streams[datastream].Number, readings, outcomes));
        for (var i = 0; i < readings.Length; i++)
        {
            if (outcomes[i] == AppendOutcome.NeedsHistory)
            {
                progress.Wait(datastream, readings[i]);
            }
            else
            {
                Take(ref progress, datastream, readings[i], outcomes[i], effects);
            }
        }
    }

    /// <summary>Takes a stored reading again after a restart; those up to the watermark only tell how the next one compares with its neighbours.</summary>
    public void Replay(int datastream, in Reading reading, Effects effects)
    {
        if (_streams[datastream].Order.WatermarkMs is { } watermark && reading.TimeMs <= watermark)
        {
            _streams[datastream].LookBack(Plan.Definition.Datastreams[datastream], reading);
            return;
        }

        Take(datastream, reading, effects);
    }

    /// <summary>True when a datastream has newly fallen silent while readings wait: keep the state before <see cref="CheckSilence"/> lets them go.</summary>
    public bool NoteSilence(long nowMs)
    {
        var isNews = false;
        for (var i = 0; i < _streams.Length; i++)
        {
            isNews |= _streams[i].NoteSilence(Plan.Definition.Datastreams[i], nowMs);
        }

        return isNews;
    }

    /// <summary>Lets go of what waits although its datastream fell silent, as was kept.</summary>
    public void ReleaseSilent(Effects effects)
    {
        for (var i = 0; i < _streams.Length; i++)
        {
            if (_streams[i].Order.Waiting > 0)
            {
                _streams[i].ReleaseSilent(effects.Released);
                Release(i, effects);
            }
        }
    }

    /// <summary>Judges silence by the clock, and lets go of what still waits for its order.</summary>
    public void CheckSilence(long nowMs, Effects effects)
    {
        ReleaseSilent(effects);
        var newest = new long?[_streams.Length];
        for (var i = 0; i < _streams.Length; i++)
        {
            var definition = Plan.Definition.Datastreams[i];
            newest[i] = _streams[i].Order.NewestMs;
            if (_streams[i].TryCloseMinute(nowMs - definition.LatenessMs, out var minute))
            {
                effects.Minutes.Add(new(definition.Property, minute));
            }
        }

        Plan.Rules.CheckSilence(_rules, Plan, nowMs, newest, effects.Alerts);
    }

    private void AdvanceAnnotated(ref IngestProgress progress, in Sample sample, IReadingStore store, Effects effects)
    {
        var annotation = progress.TakeAnnotation();
        if (!IntrinsicQuality.TryJudge(Plan.Definition.Datastreams[sample.Datastream], sample, progress.Batch.ReceivedTimeMs, out var reading, out var refusal))
        {
            Refuse(ref progress, refusal);
            return;
        }

        Annotate(ref progress, sample.Datastream, WithLateness(sample.Datastream, reading), annotation, store, effects);
    }

    private void Annotate(
        ref IngestProgress progress, int datastream, in Reading reading, Annotation annotation, IReadingStore store, Effects effects)
    {
        progress.Ticket = Math.Max(progress.Ticket, store.Annotate(_streams[datastream].Number, reading, annotation, out var outcome));
        if (outcome == AppendOutcome.NeedsHistory)
        {
            progress.Wait(datastream, reading, annotation);
        }
        else
        {
            Take(ref progress, datastream, reading, outcome, effects);
        }
    }

    private void Take(ref IngestProgress progress, int datastream, in Reading reading, AppendOutcome outcome, Effects effects)
    {
        if (outcome == AppendOutcome.Stored)
        {
            progress.Store();
            progress.NeedsSnapshot |= reading.Quality.HasFlag(Quality.Late);
            Take(datastream, reading, effects);
            return;
        }

        progress.Repeat();
        _counts.Repeat(1);
        SinceSnapshot++;
        Contradict(ref progress, datastream, reading, outcome, effects);
    }

    private void Refuse(ref IngestProgress progress, RefusalReason refusal)
    {
        progress.Refuse(refusal);
        _counts.Refuse(refusal, 1);
        SinceSnapshot++;
    }

    /// <summary>The next readings of one datastream with ascending times; what is refused between them is counted and ends the run.</summary>
    private int NextRun(ref IngestProgress progress, ReadOnlySpan<Sample> samples, Span<Reading> run)
    {
        var length = 0;
        var datastream = samples[progress.Next].Datastream;
        var definition = Plan.Definition.Datastreams[datastream];
        while (progress.Next < samples.Length && length < run.Length)
        {
            ref readonly var sample = ref samples[progress.Next];
            if (sample.Datastream != datastream || (length > 0 && sample.TimeMs <= run[length - 1].TimeMs))
            {
                break;
            }

            progress.Next++;
            if (!IntrinsicQuality.TryJudge(definition, sample, progress.Batch.ReceivedTimeMs, out var reading, out var refusal))
            {
                Refuse(ref progress, refusal);
                break;
            }

            run[length++] = WithLateness(datastream, reading);
        }

        return length;
    }

    private Reading WithLateness(int datastream, in Reading reading) =>
        _streams[datastream].Order.IsLate(reading.TimeMs) ? reading with { Quality = reading.Quality | Quality.Late } : reading;

    private void Take(int datastream, in Reading reading, Effects effects)
    {
        SinceSnapshot++;
        _counts.Store(1);
        _streams[datastream].Take(Plan.Definition.Datastreams[datastream], reading, effects.Released);
        Release(datastream, effects);
    }

    private void Release(int datastream, Effects effects)
    {
        var definition = Plan.Definition.Datastreams[datastream];
        var mounted = Plan.Definition.Asset is not null;
        foreach (var released in effects.Released)
        {
            var reading = released;
            if (_streams[datastream].Count(definition, ref reading, out var minute))
            {
                effects.Minutes.Add(new(definition.Property, minute));
            }

            if (mounted)
            {
                effects.Observed.Add(new(definition.Property, reading));
            }

            Plan.Rules.Observe(_rules, Plan, datastream, reading, effects.Alerts);
        }

        effects.Released.Clear();
    }

    private void Contradict(ref IngestProgress progress, int datastream, in Reading reading, AppendOutcome outcome, Effects effects)
    {
        if (outcome == AppendOutcome.Contradicted)
        {
            progress.NeedsSnapshot = true;
            _streams[datastream].Contradict(Plan.Definition.Datastreams[datastream], reading, effects.Released);
            Release(datastream, effects);
        }
    }
}
