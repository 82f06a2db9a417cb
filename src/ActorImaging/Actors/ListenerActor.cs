using System.Threading.Channels;
using Akka.Actor;

namespace ActorImaging.Actors;

/// <summary>
/// Stands for somebody outside the actor system: passes on, through a channel, what a supervisor or the bench says, and ends the channel
/// with a fault when that one stops, so that nobody waits for ever.
/// </summary>
internal sealed class ListenerActor<TEvent> : UntypedActor
{
    private readonly ChannelWriter<TEvent> _events;

    public ListenerActor(IActorRef speaker, ChannelWriter<TEvent> events)
    {
        _events = events;
        Context.Watch(speaker);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case TEvent heard:
                _events.TryWrite(heard); // unbounded: how much is said is bounded by the window of the batch
                break;
            case Terminated stopped:
                _events.TryComplete(new InvalidOperationException($"{stopped.ActorRef.Path} stopped before it had answered"));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override void PostStop() => _events.TryComplete();
}
