using System.Globalization;
using Orleans;
using Orleans.Runtime;

namespace Quartier.Engine.Hosting;

/// <summary>Gives references to grains.</summary>
internal sealed class GrainReferences(GrainEngine engine) : IGrainFactory
{
    public TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithGuidKey => Get<TGrainInterface>(KeyOf(primaryKey), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerKey => Get<TGrainInterface>(KeyOf(primaryKey), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey => Get<TGrainInterface>(primaryKey, grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string keyExtension, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithGuidCompoundKey => Get<TGrainInterface>($"{KeyOf(primaryKey)}+{keyExtension}", grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string keyExtension, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerCompoundKey => Get<TGrainInterface>($"{KeyOf(primaryKey)}+{keyExtension}", grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable
    {
        var kind = engine.Directory.KindOf(grainId.Type);
        return (TGrainInterface)(object)engine.Directory.Bind(typeof(TGrainInterface), kind).Refer(grainId.Key.ToString());
    }

    public IGrain GetGrain(Type grainInterfaceType, Guid grainPrimaryKey) => Get(grainInterfaceType, KeyOf(grainPrimaryKey));

    public IGrain GetGrain(Type grainInterfaceType, long grainPrimaryKey) => Get(grainInterfaceType, KeyOf(grainPrimaryKey));

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) => Get(grainInterfaceType, grainPrimaryKey);

    private static string KeyOf(Guid key) => key.ToString("N");

    private static string KeyOf(long key) => key.ToString("X", CultureInfo.InvariantCulture);

    private TGrainInterface Get<TGrainInterface>(string key, string? prefix)
    {
        if (prefix is not null)
        {
            throw new ArgumentException("The embedded engine has one grain class for each interface, so a class name prefix has no meaning.", nameof(prefix));
        }

        return (TGrainInterface)Get(typeof(TGrainInterface), key);
    }

    private IGrain Get(Type type, string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return (IGrain)(object)engine.Directory.Bind(type).Refer(key);
    }
}
