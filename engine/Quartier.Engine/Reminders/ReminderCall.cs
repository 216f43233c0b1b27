using System.Reflection;
using Orleans;
using Orleans.Runtime;

namespace Quartier.Engine.Reminders;

/// <summary>One firing of a reminder.</summary>
internal sealed class ReminderCall(EmbeddedGrainReference target, string name, TickStatus status) : GrainCall<NoResult>(target, CallOptions.None)
{
    private string _name = name;
    private TickStatus _status = status;

    public override int GetArgumentCount() => 2;

    public override object? GetArgument(int index) => index switch
    {
        0 => _name,
        1 => _status,
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    public override void SetArgument(int index, object value)
    {
        switch (index)
        {
            case 0:
                _name = (string)value;
                break;
            case 1:
                _status = (TickStatus)value;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(index));
        }
    }

    public override string GetMethodName() => nameof(IRemindable.ReceiveReminder);

    public override MethodInfo GetMethod() => typeof(IRemindable).GetMethod(nameof(IRemindable.ReceiveReminder))!;

    public override Type GetInterfaceType() => typeof(IRemindable);

    protected override Task Invoke(object grain) => ((IRemindable)grain).ReceiveReminder(_name, _status);
}
