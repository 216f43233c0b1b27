using Quartier.Contracts;
using Quartier.Contracts.Alerts;
using Quartier.Contracts.Assets;
using Quartier.Contracts.Readings;
using Quartier.Domain.Judgement;
using Quartier.Grains.Sensors;

namespace Quartier.Grains.Assets;

/// <summary>
/// What was stored for an asset after its snapshot, as its sensors sent it the first time: in order of time, all readings of one sensor and time
/// together, with the flags that follow from their neighbours, without those that came too late.
/// </summary>
internal sealed class AssetReplay
{
    private readonly IReadOnlyList<AssetSource> _sources;
    private readonly StoredTail[] _tails;
    private readonly long[] _fromMs;
    private readonly DerivedQuality[] _derived;

    private AssetReplay(IReadOnlyList<AssetSource> sources)
    {
        _sources = sources;
        _tails = new StoredTail[sources.Count];
        _fromMs = new long[sources.Count];
        _derived = new DerivedQuality[sources.Count];
    }

    /// <summary>Finds what is to be replayed.</summary>
    public static async Task<AssetReplay> OpenAsync(AssetPlan plan, AssetPorts ports, AssetSnapshot kept, CancellationToken cancellationToken)
    {
        var replay = new AssetReplay(plan.Sources);
        for (var i = 0; i < plan.Sources.Count; i++)
        {
            await replay.OpenAsync(i, plan.City, ports, kept, cancellationToken);
        }

        return replay;
    }

    /// <summary>The next observation, or null when all is replayed.</summary>
    public async Task<AssetObservation?> NextAsync(CancellationToken cancellationToken)
    {
        var step = new List<ExplainedReading>();
        while (StoredTail.Earliest(_tails) is var first and >= 0)
        {
            var source = _sources[first];
            var timeMs = _tails[first].NextMs;
            for (var i = first; i < _tails.Length; i++)
            {
                var together = _sources[i].Gateway == source.Gateway && _sources[i].Sensor == source.Sensor;
                if (together && _tails[i].NextMs == timeMs)
                {
                    Take(i, _tails[i].Take(), step);
                    await _tails[i].FillAsync(cancellationToken);
                }
            }

            if (step.Count > 0)
            {
                return new(source.Gateway, source.Sensor, [.. step], 0);
            }
        }

        return null;
    }

    private async Task OpenAsync(int index, string city, AssetPorts ports, AssetSnapshot kept, CancellationToken cancellationToken)
    {
        var source = _sources[index];
        var key = GrainKeys.Sensor(city, source.Gateway, source.Sensor);
        var number = ports.Store.Register(new(key, source.Datastream.Property), TimeSpan.FromDays(source.Datastream.RetentionDays));
        var input = kept.Inputs.FirstOrDefault(i =>
            i.Gateway == source.Gateway && i.Sensor == source.Sensor && i.Property == source.Datastream.Property);
        var lookBackMs = DerivedQuality.LookBackMs(source.Datastream);
        if (input is not null)
        {
            _fromMs[index] = input.Reading.TimeMs + 1;
            _derived[index] = lookBackMs > 0 ? default : DerivedQuality.After(input.Reading.TimeMs, input.Reading.Value);
        }

        var untilMs = await UntilAsync(number, source, ports, cancellationToken);
        _tails[index] = new(ports.Store, number, Math.Max(0, _fromMs[index] - lookBackMs), untilMs);
        await _tails[index].FillAsync(cancellationToken);
    }

    /// <summary>
    /// Readings that still wait for their order come from the sensor when their turn has come: taken now, they would make the asset pass
    /// over an earlier one that arrives in between.
    /// </summary>
    private static async Task<long> UntilAsync(int number, AssetSource source, AssetPorts ports, CancellationToken cancellationToken)
    {
        var latenessMs = source.Datastream.LatenessMs;
        if (latenessMs == 0 || await ports.Store.LatestAsync(number, cancellationToken) is not { } newest)
        {
            return long.MaxValue;
        }

        return ports.Now - newest.TimeMs < latenessMs ? newest.TimeMs - latenessMs + 1 : long.MaxValue;
    }

    private void Take(int index, in Reading reading, List<ExplainedReading> step)
    {
        if (reading.Quality.HasFlag(Quality.Late))
        {
            return;
        }

        var derived = _derived[index].Next(_sources[index].Datastream, reading);
        if (reading.TimeMs >= _fromMs[index])
        {
            step.Add(new(_sources[index].Datastream.Property, reading with { Quality = reading.Quality | derived }));
        }
    }
}
