namespace Quartier.Api.SensorThings.Writing;

/// <summary>
/// Keeps Observations away while a FeatureOfInterest goes: between the moment in which it is settled of which feature an Observation tells and the one in
/// which its sensor has it, no feature goes. Many Observations pass at once; who closes waits for those that are within, and those that come wait.
/// </summary>
internal sealed class FeatureGate : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _closing = new(1, 1);
    private int _within;
    private TaskCompletionSource? _opened;
    private TaskCompletionSource? _left;

    /// <summary>Waits while it is closed; whoever has entered leaves.</summary>
    public async ValueTask EnterAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task opened;
            lock (_gate)
            {
                if (_opened is null)
                {
                    _within++;
                    return;
                }

                opened = _opened.Task;
            }

            await opened.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public void Leave()
    {
        lock (_gate)
        {
            if (--_within == 0)
            {
                _left?.TrySetResult();
            }
        }
    }

    /// <summary>Closes it once all have left; whoever has closed opens.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        await _closing.WaitAsync(cancellationToken).ConfigureAwait(false);
        Task left;
        lock (_gate)
        {
            _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
            left = _within == 0 ? Task.CompletedTask : _left.Task;
        }

        try
        {
            await left.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Open();
            throw;
        }
    }

    public void Open()
    {
        lock (_gate)
        {
            _opened!.SetResult();
            (_opened, _left) = (null, null);
        }

        _closing.Release();
    }

    /// <inheritdoc/>
    public void Dispose() => _closing.Dispose();
}
