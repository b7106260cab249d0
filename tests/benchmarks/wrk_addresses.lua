-- Asks for the addresses of a file (its name is the first argument) one after the other, from a place of each thread's own.
local addresses, place = {}, 0

function init(arguments)
  for line in io.lines(arguments[1]) do addresses[#addresses + 1] = line end
  place = math.floor(tonumber(tostring({}):match("0x%x+")) / 64) % #addresses
end

function request()
  place = place % #addresses + 1
  return wrk.format("GET", addresses[place])
end
