namespace Quartier.Engine.Generator;

/// <summary>The names that the generator looks for and writes.</summary>
internal static class KnownNames
{
    public const string Addressable = "Orleans.Runtime.IAddressable";
    public const string Grain = "Orleans.IGrain";
    public const string GrainBase = "Orleans.IGrainBase";
    public const string GrainContext = "Orleans.Runtime.IGrainContext";
    public const string PersistentState = "Orleans.Runtime.PersistentStateAttribute";
    public const string Alias = "Orleans.AliasAttribute";
    public const string GrainType = "Orleans.GrainTypeAttribute";
    public const string ReadOnly = "Orleans.Concurrency.ReadOnlyAttribute";
    public const string AlwaysInterleave = "Orleans.Concurrency.AlwaysInterleaveAttribute";
    public const string OneWay = "Orleans.Concurrency.OneWayAttribute";
    public const string ResponseTimeout = "Orleans.ResponseTimeoutAttribute";
    public const string FromKeyedServices = "Microsoft.Extensions.DependencyInjection.FromKeyedServicesAttribute";
    public const string PreferredConstructor = "Microsoft.Extensions.DependencyInjection.ActivatorUtilitiesConstructorAttribute";
    public const string CancellationToken = "System.Threading.CancellationToken";
    public const string ServiceProvider = "System.IServiceProvider";
    public const string Task = "System.Threading.Tasks.Task";
    public const string ValueTask = "System.Threading.Tasks.ValueTask";
}
