using System;
using System.Collections.Generic;
using System.Linq;

namespace Kml.Model;

/// <summary>The functions of a model by their names.</summary>
public sealed class ModelFunctions
{
    private readonly Dictionary<string, Method> _byName = new(StringComparer.Ordinal);

    /// <summary>Takes a model's functions.</summary>
    /// <param name="functions">The functions; where two have one name, in a text from elsewhere, the first counts.</param>
    public ModelFunctions(IEnumerable<Method> functions)
    {
        foreach (Method function in functions)
            Add(function);
    }

    /// <summary>Takes one more.</summary>
    /// <param name="function">The function; it calls none that comes later. Where there is one of its name, that counts.</param>
    public void Add(Method function)
    {
        if (!_byName.ContainsKey(function.Name))
            _byName.Add(function.Name, function);
    }

    /// <summary>A function by its name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The function.</returns>
    /// <exception cref="FormatException">There is none.</exception>
    public Method this[string name] =>
        _byName.TryGetValue(name, out Method? function) ? function : throw new FormatException($"The model has no function '{name}'.");

    /// <summary>The places that a call may write.</summary>
    /// <param name="call">The call.</param>
    /// <returns>What it is given by a reference that can be written.</returns>
    public IEnumerable<Place> Written(Call call) =>
        call.Arguments.Zip(this[call.Name].Parameters, (argument, parameter) => (argument, parameter))
            .Where(p => p.parameter.IsWritten)
            .Select(p => p.argument)
            .OfType<PlaceArgument>()
            .Select(a => a.Place);

    /// <summary>The functions that some methods call, be it by others, each after those that it calls itself.</summary>
    /// <param name="methods">The methods.</param>
    /// <returns>The functions, in the order in which a walk through the methods meets them.</returns>
    /// <exception cref="FormatException">A function calls itself, be it by others, or one that is not there.</exception>
    public IReadOnlyList<Method> CalledBy(IEnumerable<Method?> methods)
    {
        List<Method> found = [];
        HashSet<string> done = new(StringComparer.Ordinal), open = new(StringComparer.Ordinal);
        foreach (Method method in methods.OfType<Method>())
            Follow(method);
        return found;

        void Follow(Method caller)
        {
            foreach (string name in Operands.All(caller).OfType<Call>().Select(c => c.Name))
            {
                if (done.Contains(name))
                    continue;
                if (!open.Add(name))
                    throw new FormatException($"The function '{name}' calls itself.");
                Follow(this[name]);
                done.Add(name);
                found.Add(this[name]);
            }
        }
    }
}
