using Quartier.Contracts.Live;
using Quartier.Contracts.Registry;
using Quartier.Mqtt;

namespace Quartier.Silo.Live;

/// <summary>Publishes what changes in the cities whose live topics somebody has subscribed to, and costs nothing while nobody has.</summary>
internal sealed class LiveTopics(
    IRegistry registry, IGrainFactory grains, ILiveWatch watch, Func<MqttEndpoint> endpoint, TimeProvider time, ILogger<LiveTopics> logger) : IAsyncDisposable
{
    /// <summary>How long until a line that could not be opened, or broke, is tried again.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Line> _lines = new(StringComparer.Ordinal);

    /// <summary>Cities that are published at present.</summary>
    public int Lines
    {
        get
        {
            lock (_gate)
            {
                return _lines.Count;
            }
        }
    }

    /// <summary>The cities whose live topics a filter may match.</summary>
    public IEnumerable<string> CitiesOf(string filter) => registry.Cities.Where(city => LiveTopic.IsWanted(filter, city));

    /// <summary>Somebody wants a city's.</summary>
    public void Join(string city)
    {
        lock (_gate)
        {
            if (!_lines.TryGetValue(city, out var line))
            {
                _lines[city] = line = new Line();
                line.Running = Task.Run(() => RunAsync(city, line.Ending.Token), line.Ending.Token);
            }

            line.Readers++;
        }
    }

    /// <summary>Somebody has gone.</summary>
    public void Leave(string city)
    {
        Line? last = null;
        lock (_gate)
        {
            if (_lines.TryGetValue(city, out var line) && --line.Readers == 0)
            {
                _lines.Remove(city);
                last = line;
            }
        }

        last?.Ending.Cancel();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        List<Line> lines;
        lock (_gate)
        {
            lines = [.. _lines.Values];
            _lines.Clear();
        }

        foreach (var line in lines)
        {
            await line.Ending.CancelAsync().ConfigureAwait(false);
            await line.Running.ConfigureAwait(false);
        }
    }

    private async Task RunAsync(string city, CancellationToken ending)
    {
        var publisher = new LivePublisher(registry, grains, endpoint().Publish, city);
        while (!ending.IsCancellationRequested)
        {
            try
            {
                if (!await watch.WatchAsync(city, publisher.PublishAsync, ending).ConfigureAwait(false))
                {
                    Log.LiveNotWatched(logger, city);
                }
            }
            catch (Exception error)
            {
                if (ending.IsCancellationRequested)
                {
                    return; // Nobody reads any more.
                }

                // The boundary of a line: a grain that fails must not silence it for good.
                Log.LiveBroken(logger, error, city);
            }

            await Task.Delay(Retry, time, ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private sealed class Line
    {
        public CancellationTokenSource Ending { get; } = new();

        public Task Running { get; set; } = Task.CompletedTask;

        public int Readers { get; set; }
    }
}
