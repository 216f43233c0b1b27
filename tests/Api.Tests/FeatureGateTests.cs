using Quartier.Api.SensorThings.Writing;

namespace Api.Tests;

/// <summary>While a feature goes no Observation is under way, and none is kept away for longer.</summary>
public sealed class FeatureGateTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_closes_waits_for_those_within_and_those_that_come_wait_until_it_is_opened()
    {
        using var gate = new FeatureGate();
        await gate.EnterAsync(Token);
        await gate.EnterAsync(Token);
        var closing = gate.CloseAsync(Token);
        var coming = gate.EnterAsync(Token).AsTask();
        gate.Leave();
        Assert.False(closing.IsCompleted);
        gate.Leave();
        await closing;
        Assert.False(coming.IsCompleted);
        gate.Open();
        await coming;
        var second = gate.CloseAsync(Token);
        Assert.False(second.IsCompleted);
        gate.Leave();
        await second;
        gate.Open();
        await gate.EnterAsync(Token);
        gate.Leave();
    }

    [Fact]
    public async Task Who_gives_up_leaves_it_open()
    {
        using var gate = new FeatureGate();
        await gate.EnterAsync(Token);
        using var given = new CancellationTokenSource();
        var closing = gate.CloseAsync(given.Token);
        var coming = gate.EnterAsync(Token).AsTask();
        await given.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => closing);
        await coming;
        using var away = new CancellationTokenSource();
        var second = gate.CloseAsync(Token);
        var waiting = gate.EnterAsync(away.Token).AsTask();
        await away.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        gate.Leave();
        gate.Leave();
        await second;
        gate.Open();
    }

    [Fact]
    public async Task Nobody_is_within_while_it_is_closed_however_many_come_and_go()
    {
        using var gate = new FeatureGate();
        var (within, seen) = (0, 0);
        async Task PassAsync()
        {
            for (var i = 0; i < 2_000; i++)
            {
                await gate.EnterAsync(Token);
                Interlocked.Increment(ref within);
                await Task.Yield();
                Interlocked.Decrement(ref within);
                gate.Leave();
            }
        }

        async Task CloseAsync()
        {
            for (var i = 0; i < 200; i++)
            {
                await gate.CloseAsync(Token);
                seen += Volatile.Read(ref within);
                await Task.Yield();
                seen += Volatile.Read(ref within);
                gate.Open();
                await Task.Yield();
            }
        }

        await Task.WhenAll(Task.Run(PassAsync, Token), Task.Run(PassAsync, Token), Task.Run(PassAsync, Token), Task.Run(CloseAsync, Token));
        Assert.Equal(0, seen);
    }
}
