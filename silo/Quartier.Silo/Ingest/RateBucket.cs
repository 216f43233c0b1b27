namespace Quartier.Silo.Ingest;

/// <summary>What one gateway may still send; all its connections draw from it. What is drawn in excess is a debt, and says for how long its sockets are left alone.</summary>
internal sealed class RateBucket(GatewayRate rate, TimeProvider time)
{
    private readonly Lock _gate = new();
    private double _messages = (double)rate.MessagesPerSecond * GatewayRate.BurstSeconds;
    private double _bytes = (double)rate.BytesPerSecond * GatewayRate.BurstSeconds;
    private long _refilled = time.GetTimestamp();

    /// <summary>Takes what has come.</summary>
    public void Take(int messages, long bytes)
    {
        lock (_gate)
        {
            Refill_NeedsLock();
            _messages -= messages;
            _bytes -= bytes;
        }
    }

    /// <summary>Until the debt is paid; zero without one.</summary>
    public TimeSpan Debt()
    {
        lock (_gate)
        {
            Refill_NeedsLock();
            var messages = rate.MessagesPerSecond > 0 ? -_messages / rate.MessagesPerSecond : 0;
            var bytes = rate.BytesPerSecond > 0 ? -_bytes / rate.BytesPerSecond : 0;
            var seconds = Math.Max(messages, bytes);
            return seconds > 0 ? TimeSpan.FromMilliseconds(Math.Ceiling(seconds * 1000)) : TimeSpan.Zero;
        }
    }

    private void Refill_NeedsLock()
    {
        var now = time.GetTimestamp();
        var seconds = time.GetElapsedTime(_refilled, now).TotalSeconds;
        _refilled = now;
        _messages = Math.Min((double)rate.MessagesPerSecond * GatewayRate.BurstSeconds, _messages + (rate.MessagesPerSecond * seconds));
        _bytes = Math.Min((double)rate.BytesPerSecond * GatewayRate.BurstSeconds, _bytes + (rate.BytesPerSecond * seconds));
    }
}
