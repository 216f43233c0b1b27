namespace Quartier.Mqtt.Connections;

/// <summary>As many lanes as processors; connections are given to them in turn, and stay.</summary>
internal sealed class ServingLanes : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ServingLane?[] _lanes = new ServingLane?[Environment.ProcessorCount];
    private int _next;

    /// <summary>The lane of another connection.</summary>
    public ServingLane Next()
    {
        lock (_gate)
        {
            var number = _next++ % _lanes.Length;
            _next = number + 1;
            return _lanes[number] ??= new ServingLane(number);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var lane in _lanes)
            {
                lane?.Dispose();
            }
        }
    }
}
