namespace Quartier.Engine.Turns;

/// <summary>An answer that reaches its caller in a turn of its own, outside every activation: its continuations are posted to where they belong.</summary>
internal sealed class AnswerTurn(Action answer) : IThreadPoolWorkItem
{
    void IThreadPoolWorkItem.Execute()
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            answer();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }
}
