using System;
using System.Reflection;

namespace Kml.Generators.Tests.Translation;

/// <summary>Runs a compiled model's own C#, through what the generator added to it.</summary>
internal abstract class ModelRunner
{
    /// <summary>Makes the runner of a model's class.</summary>
    public static ModelRunner Of(Assembly assembly, string name) =>
        (ModelRunner)Activator.CreateInstance(typeof(Typed<>).MakeGenericType(assembly.GetType(name, throwOnError: true)!))!;

    public abstract bool Features(byte[] from, byte[] state, uint[] features);

    public abstract bool Label(byte[] from, byte[] to, out uint label);

    public abstract bool Verdict(byte[] from, uint value, uint[] confidences, out bool verdict);

    public abstract bool Policy(byte[] from, uint value, uint[] confidences, out bool wouldAct);

    public abstract bool Update(string eventName, byte[] eventBytes, byte[] state);

    private sealed class Typed<T> : ModelRunner
        where T : IKernelModel
    {
        public override bool Features(byte[] from, byte[] state, uint[] features) => T.TryFeatures(from, state, features);

        public override bool Label(byte[] from, byte[] to, out uint label) => T.TryLabel(from, to, out label);

        public override bool Verdict(byte[] from, uint value, uint[] confidences, out bool verdict) => T.TryVerdict(from, value, confidences, out verdict);

        public override bool Policy(byte[] from, uint value, uint[] confidences, out bool wouldAct) => T.TryPolicy(from, value, confidences, out wouldAct);

        public override bool Update(string eventName, byte[] eventBytes, byte[] state) => T.TryUpdate(eventName, eventBytes, state);
    }
}
