using System.Threading.Channels;

namespace Quartier.Api.Live;

/// <summary>One open line. What it has not been sent yet is merged; more than a bound is replaced by the request to read everything again.</summary>
internal sealed class Watcher(TimeProvider time, Action<Watcher> leave) : IDisposable
{
    /// <summary>Longest silence on the line: proxies and browsers take a longer one for a dead line.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    private readonly Lock _gate = new();
    private readonly Channel<bool> _signal =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private HashSet<string> _subjects = new(StringComparer.Ordinal);
    private bool _resync;
    private bool _left;
    private long _lastEvent = time.GetTimestamp();

    /// <summary>Tells what changed; nothing when nothing did, or that the line is still open when it was silent for long.</summary>
    public void Deliver(IReadOnlyList<string> subjects)
    {
        lock (_gate)
        {
            if (!_resync)
            {
                _subjects.UnionWith(subjects);
                _resync = _subjects.Count > CityWatch.SubjectsMax;
            }

            if (subjects.Count == 0 && time.GetElapsedTime(_lastEvent) < Silence)
            {
                return;
            }
        }

        _signal.Writer.TryWrite(true);
    }

    /// <summary>Tells that changes were dropped.</summary>
    public void Resync()
    {
        lock (_gate)
        {
            _resync = true;
        }

        _signal.Writer.TryWrite(true);
    }

    /// <summary>Lets the line look at what it depends on: its permissions, its record.</summary>
    public void Wake() => _signal.Writer.TryWrite(true);

    /// <summary>The next event for the line.</summary>
    public async ValueTask<LiveEvent> NextAsync(CancellationToken cancellationToken)
    {
        await _signal.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            var subjects = _subjects;
            var resync = _resync;
            _subjects = new(StringComparer.Ordinal);
            _resync = false;
            _lastEvent = time.GetTimestamp();
            return resync ? LiveEvent.Resync : new LiveEvent(false, subjects);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_left)
            {
                return;
            }

            _left = true;
        }

        leave(this);
    }
}
