using Microsoft.Extensions.Logging;
using Quartier.Engine.Deterministic;

namespace Quartier.Engine.Conformance.Embedded;

public sealed class LostCallTests : ILogger
{
    private readonly List<string> _lines = [];

    [Fact]
    public void A_flood_of_lost_calls_is_told_once_a_second_and_none_is_left_uncounted()
    {
        var time = new ManualTimeProvider(DateTimeOffset.UnixEpoch);
        var lost = new LostCalls(this, time);
        for (var call = 0; call < 5; call++)
        {
            lost.Tell(new InvalidOperationException("full"), "IDistrict/Report on d/1");
        }

        time.Advance(TimeSpan.FromMilliseconds(999));
        lost.Tell(new InvalidOperationException("full"), "IDistrict/Report on d/1");
        time.Advance(TimeSpan.FromMilliseconds(1));
        lost.Tell(new InvalidOperationException("full"), "IDistrict/Report on d/2");
        time.Advance(TimeSpan.FromHours(1));
        lost.Tell(new InvalidOperationException("full"), "IDistrict/Report on d/3");
        Assert.Equal(["1: 0", "2: 5", "3: 0"], _lines);
    }

    [Fact]
    public void A_flood_after_which_nothing_fails_is_told_to_its_end()
    {
        var lost = new LostCalls(this, new ManualTimeProvider(DateTimeOffset.UnixEpoch));
        for (var call = 0; call < 3; call++)
        {
            lost.Tell(new InvalidOperationException("full"), "IDistrict/Report on d/1");
        }

        lost.TellRest();
        lost.TellRest();
        Assert.Equal(["1: 0", "rest: 2"], _lines);
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var words = ((IReadOnlyList<KeyValuePair<string, object?>>)state!).ToDictionary(w => w.Key, w => w.Value);
        var call = words.GetValueOrDefault("Call")?.ToString();
        Assert.Equal(call is null ? null : "full", exception?.Message);
        _lines.Add($"{call?[^1..] ?? "rest"}: {words["Untold"]}");
    }
}
