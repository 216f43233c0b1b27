using Orleans;
using Orleans.Concurrency;

namespace Quartier.Engine.Conformance.Grains;

[Alias("conformance.ITicker")]
public interface ITicker : IGrainWithStringKey
{
    /// <summary>Starts a timer that sets <c>{name}.tick</c>.</summary>
    [Alias("Start")]
    Task Start(string name, TimeSpan due, TimeSpan period, bool interleave, bool keepAlive);

    [Alias("Stop")]
    Task Stop();

    [Alias("Hold")]
    Task Hold(string name);

    [Alias("Ticks"), AlwaysInterleave]
    Task<int> Ticks();

    [Alias("Remind")]
    Task Remind(string name, TimeSpan due, TimeSpan period);

    [Alias("Forget")]
    Task Forget(string name);

    [Alias("Reminders")]
    Task<string> Reminders();

    [Alias("End")]
    Task End();
}
