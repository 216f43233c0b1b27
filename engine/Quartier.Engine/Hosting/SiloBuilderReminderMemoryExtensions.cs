using Microsoft.Extensions.DependencyInjection.Extensions;
using Quartier.Engine.Reminders;

namespace Orleans.Hosting;

/// <summary>Reminders in memory, lost with the process; for tests and trials.</summary>
public static class SiloBuilderReminderMemoryExtensions
{
    /// <summary>Keeps reminders in memory.</summary>
    public static ISiloBuilder UseInMemoryReminderService(this ISiloBuilder builder) =>
        builder.ConfigureServices(static services => services.TryAddSingleton<IReminderTable, MemoryReminderTable>());
}
