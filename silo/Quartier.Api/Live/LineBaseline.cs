using Quartier.Contracts;
using Quartier.Contracts.Registry;
using Quartier.Contracts.Sensors;

namespace Quartier.Api.Live;

/// <summary>The newest readings of subjects as a line last saw them, so that a change of what it may not know is not taken for one of what it may.</summary>
internal sealed class LineBaseline(IGrainFactory grains, string city)
{
    /// <summary>Subjects remembered; beyond, all are forgotten, and the next change of each is held back once.</summary>
    private const int SubjectsMax = 20_000;

    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);

    /// <summary>
    /// Whether one of the properties has another newest reading than when it was last asked about; false the first time: whoever opens a line has
    /// just read everything.
    /// </summary>
    public async ValueTask<bool> HasChangedAsync(
        string subject, IReadOnlyList<(SensorDefinition Sensor, HashSet<string> Properties)> parts, CancellationToken cancellationToken)
    {
        var signature = default(HashCode);
        foreach (var (sensor, properties) in parts)
        {
            var grain = grains.GetGrain<ISensorGrain>(GrainKeys.Sensor(city, sensor.Gateway, sensor.Id));
            var state = await grain.GetState().WaitAsync(cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < sensor.Datastreams.Length && i < state.Datastreams.Length; i++)
            {
                if (properties.Contains(sensor.Datastreams[i].Property))
                {
                    signature.Add(state.Datastreams[i].Latest?.TimeMs);
                    signature.Add(state.Datastreams[i].Latest?.Value);
                }
            }
        }

        var now = signature.ToHashCode();
        var known = _seen.TryGetValue(subject, out var before);
        if (!known && _seen.Count >= SubjectsMax)
        {
            _seen.Clear();
        }

        _seen[subject] = now;
        return known && before != now;
    }
}
