namespace Quartier.Engine.Turns;

/// <summary>Something an activation does in a turn.</summary>
public abstract class WorkItem
{
    private protected WorkItem()
    {
    }

    // Links the item into the one list it waits in: an activation's inbox, then its queue.
    internal WorkItem? Next { get; set; }

    internal abstract void RunTurn(Activation activation);
}
